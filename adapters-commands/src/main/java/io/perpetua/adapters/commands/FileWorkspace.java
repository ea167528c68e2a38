package io.perpetua.adapters.commands;

import io.perpetua.domain.commands.Place;
import io.perpetua.domain.commands.Workspace;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of the file system. Links are followed one by one, as the system does it. Safe for concurrent use. */
public final class FileWorkspace implements Workspace {

    private static final int MOST_LINKS = 40;

    private final Path root;
    private final String home;

    /**
     * The workspace in {@code folder}.
     *
     * @param home what {@code ~} stands for
     * @throws IllegalArgumentException when there is no such folder, or it is the root of everything
     */
    public FileWorkspace(Path folder, String home) {
        try {
            root = folder.toRealPath();
        } catch (IOException e) {
            throw new IllegalArgumentException("there is no folder " + folder.toAbsolutePath(), e);
        }
        if (!Files.isDirectory(root) || root.getNameCount() == 0) {
            throw new IllegalArgumentException(root + " is not a folder that can be a workspace");
        }
        this.home = home;
    }

    @Override
    public String root() {
        return root.toString();
    }

    @Override
    public String home() {
        return home;
    }

    @Override
    public @Nullable String resolved(String path) {
        try {
            var real = real(path);
            return real == null ? null : real.toString();
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    @Override
    public Place place(String path) {
        try {
            var real = real(path);
            if (real == null || !real.startsWith(root)) {
                return Place.OUTSIDE;
            }
            var found = attributes(real);
            if (found == null) {
                return Place.MISSING;
            }
            return found.isDirectory() ? Place.FOLDER : found.isRegularFile() ? Place.FILE : Place.OTHER;
        } catch (IOException | InvalidPathException e) {
            return Place.OUTSIDE; // what cannot be looked at is not in reach
        }
    }

    @Override
    public @Nullable List<String> names(String path) {
        try {
            var real = real(path);
            if (real == null || !real.startsWith(root)) {
                return null;
            }
            var names = new ArrayList<String>();
            try (var entries = Files.newDirectoryStream(real)) {
                entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
            }
            names.sort(null);
            return names;
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            return null;
        }
    }

    /** The path without links; null when they go round in circles. What does not exist is taken as it is written. */
    @Nullable
    Path real(String path) throws IOException {
        var left = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
        Path real = Path.of("/");
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                real = real.getParent() == null ? real : real.getParent();
                continue;
            }
            Path next = real.resolve(name);
            if (!Files.isSymbolicLink(next)) {
                real = next;
                continue;
            }
            if (++links > MOST_LINKS) {
                return null;
            }
            String target = Files.readSymbolicLink(next).toString();
            for (String each : Arrays.asList(target.split("/", -1)).reversed()) {
                left.addFirst(each);
            }
            real = target.startsWith("/") ? Path.of("/") : real;
        }
        return real;
    }

    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return null;
        } catch (FileSystemException e) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return null; // below a file, of which not every system says so
        }
    }
}
