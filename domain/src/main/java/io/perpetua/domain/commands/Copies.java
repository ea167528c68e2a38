package io.perpetua.domain.commands;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What comes to lie in a folder by the names that it had, which are not on the line as paths. */
final class Copies {

    private static final int MOST_LOOKED_AT = 100_000;

    private final Paths paths;

    Copies(Paths paths) {
        this.paths = paths;
    }

    /** Whether any of {@code sources} would take the place of what git keeps, or be written there through a link. */
    boolean touchGit(List<String> sources, String folder) throws Refusal {
        boolean touches = false;
        for (String source : sources) {
            String bare = source.replaceAll("/+$", "");
            String name = bare.substring(bare.lastIndexOf('/') + 1);
            if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                String target = folder + "/" + name;
                paths.check(target);
                touches |= paths.isGits(target);
            }
        }
        return touches;
    }

    /** Whether what begins with {@code prefix} would be written where git keeps things: a link may have such a name. */
    boolean touchGit(String prefix) throws Refusal {
        int slash = prefix.lastIndexOf('/');
        String folder = slash < 0 ? "." : prefix.substring(0, slash + 1);
        boolean touches = false;
        for (String name : names(folder)) {
            if (name.startsWith(prefix.substring(slash + 1))) {
                paths.check(folder + "/" + name);
                touches |= paths.isGits(folder + "/" + name);
            }
        }
        return touches;
    }

    /** Whether there is a repository in a folder, however deep. */
    boolean holdGit(String source) throws Refusal {
        var seen = new HashSet<@Nullable String>();
        var left = new ArrayDeque<>(List.of(source));
        int looked = 0;
        while (!left.isEmpty()) {
            String folder = left.removeFirst();
            if (paths.place(folder) != Place.FOLDER || !seen.add(paths.resolved(folder))) {
                continue;
            }
            var names = names(folder);
            if (names.contains("HEAD") && names.contains("objects")) {
                return true;
            }
            for (String name : names) {
                if (++looked > MOST_LOOKED_AT) {
                    throw new Refusal("there is too much in '" + source + "' to look for what git keeps");
                }
                if (Paths.isGitsName(name)) {
                    return true;
                }
                left.add(folder + "/" + name);
            }
        }
        return false;
    }

    private List<String> names(String folder) {
        var names = paths.names(folder);
        return names == null ? List.of() : names;
    }
}
