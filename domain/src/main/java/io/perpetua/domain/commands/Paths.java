package io.perpetua.domain.commands;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paths as words of a command, seen from the folder that it would be run in. */
final class Paths {

    private static final String HEAD = "HEAD";

    /** Its own folder, and the file by which it knows one of another name. */
    private static final Pattern GITS = Pattern.compile("/\\.git(\\.[^/]*)?/|/" + HEAD + "/", Pattern.CASE_INSENSITIVE);

    private final Workspace workspace;
    private final String folder;

    /**
     * Paths seen from {@code folder}.
     *
     * @param folder absolute
     */
    Paths(Workspace workspace, String folder) {
        this.workspace = workspace;
        this.folder = folder;
    }

    /** The same, seen from another folder. */
    Paths in(String path) {
        return new Paths(workspace, absolute(path));
    }

    /** The folder that relative paths start from. */
    String folder() {
        return folder;
    }

    String absolute(String path) {
        return path.startsWith("/") ? path : folder + "/" + path;
    }

    Place place(String path) {
        return workspace.place(absolute(path));
    }

    /** The names in a folder; null when there is none. */
    @Nullable
    List<String> names(String path) {
        return workspace.names(absolute(path));
    }

    /** The absolute path without links; null where they lead nowhere. */
    @Nullable
    String resolved(String path) {
        return workspace.resolved(absolute(path));
    }

    /** Refuses a path that leaves the workspace, and what is no file and no folder in it. */
    void check(String path) throws Refusal {
        var place = path.isEmpty() ? Place.MISSING : place(path);
        if (place == Place.OUTSIDE) {
            throw new Refusal("'" + path + "' is outside the workspace");
        }
        if (place == Place.OTHER) {
            throw new Refusal("'" + path + "' is neither a file nor a folder");
        }
    }

    /**
     * Whether it is where git keeps what it runs and what it knows, by its name or by where links lead; or may become so when
     * what is packed is unpacked.
     */
    boolean isGits(String path) {
        String written = absolute(path);
        String resolved = workspace.resolved(written);
        return resolved == null || isNamed(written) || isNamed(resolved) || isInRepository(resolved);
    }

    /** Whether a folder above holds what git knows a repository by, whatever its name is. */
    private boolean isInRepository(String path) {
        String above = path;
        while (above.length() >= workspace.root().length()) {
            var names = workspace.names(above); // also of links that lead nowhere
            if (names != null && names.contains(HEAD) && (names.contains("objects") || names.contains("commondir"))) {
                return true;
            }
            above = above.substring(0, above.lastIndexOf('/'));
        }
        return false;
    }

    /** Whether a single name is one that git keeps things by, or may become one. */
    static boolean isGitsName(String name) {
        return GITS.matcher("/" + name + "/").find();
    }

    private boolean isNamed(String path) {
        String inside = path.startsWith(workspace.root())
                ? path.substring(workspace.root().length())
                : path;
        return GITS.matcher(inside + "/").find();
    }

    /** Whether it is where output vanishes and input ends, which is as good as in the workspace. */
    static boolean isNull(String path) {
        return path.equals("/dev/null");
    }
}
