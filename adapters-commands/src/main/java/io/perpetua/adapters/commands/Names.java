package io.perpetua.adapters.commands;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;

/** Names of files, and what stands for several. */
final class Names {

    private Names() {}

    /** Whether a name is one that {@code pattern} with its wildcards stands for. */
    static boolean match(String name, String pattern) {
        try {
            String glob = pattern.replace("{", "\\{").replace("}", "\\}").replace("[^", "[!");
            return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
        } catch (PatternSyntaxException | InvalidPathException e) {
            return name.equals(pattern);
        }
    }
}
