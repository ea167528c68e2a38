package io.perpetua.adapters.commands;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where git keeps things in a workspace: what is named {@code .git}, whatever it is, and folders that git would take for a
 * repository without a work tree. All of it is looked through each time: a command may have made another one.
 */
final class Repositories {

    private static final Path NAME = Path.of(".git");
    private static final long MOST_LOOKED_AT = 1_000_000;
    private static final int MOST = 256;

    private Repositories() {}

    /**
     * All of them, and where links of that name lead.
     *
     * @throws IOException when not all can be found; its message tells people why
     */
    static List<Path> in(Path workspace) throws IOException {
        var search = new Search(workspace);
        Files.walkFileTree(workspace, search);
        return search.found;
    }

    /** Why git may not go by the repositories of a workspace, null when it may. */
    static @Nullable String fault(Path workspace) {
        try {
            for (Path each : in(workspace)) {
                String fault = GitConfiguration.fault(each);
                if (fault != null) {
                    return "git is not run here: " + workspace.relativize(each) + " " + fault;
                }
            }
            return null;
        } catch (IOException e) {
            return "git is not run here: " + e.getMessage();
        }
    }

    private static final class Search extends SimpleFileVisitor<Path> {

        private final Path workspace;
        private final List<Path> found = new ArrayList<>();
        private long looked;

        Search(Path workspace) {
            this.workspace = workspace;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            look();
            boolean repository = isRepository(folder);
            if (repository && folder.equals(workspace)) {
                throw new IOException("the workspace itself is laid out as a repository is inside");
            }
            if (repository || folder.endsWith(NAME)) {
                add(folder);
            }
            return FileVisitResult.CONTINUE; // there may be others in it
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            look();
            if (file.endsWith(NAME)) {
                add(file);
                Path real = attributes.isSymbolicLink() && Files.exists(file) ? file.toRealPath() : file;
                if (!real.equals(file) && real.startsWith(workspace) && !real.equals(workspace)) {
                    add(real);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        /** Who cannot look into a folder cannot be run in it either, unless names in it can be guessed. */
        @Override
        public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (Files.isExecutable(path) && Files.isDirectory(path)) {
                throw new IOException("nobody can look into " + workspace.relativize(path), e);
            }
            return FileVisitResult.CONTINUE;
        }

        /** Whether git may take it for one, whatever these are, and wherever links of these names lead. */
        private static boolean isRepository(Path folder) {
            return isThere(folder.resolve("HEAD"))
                    && (isThere(folder.resolve("objects")) || isThere(folder.resolve("commondir")));
        }

        private static boolean isThere(Path path) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        }

        private void add(Path path) throws IOException {
            found.add(path);
            if (found.size() > MOST) {
                throw new IOException("there are more than " + MOST + " repositories");
            }
        }

        private void look() throws IOException {
            if (++looked > MOST_LOOKED_AT) {
                throw new IOException("there are too many files to find every repository among them");
            }
        }
    }
}
