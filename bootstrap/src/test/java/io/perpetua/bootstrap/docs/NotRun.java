package io.perpetua.bootstrap.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of the documentation that cannot be run by a test, each kind with the reason. Everything else is. */
final class NotRun {

    /** What such lines look like, and why they are left out. */
    static final Map<Pattern, String> LINES = lines();

    private NotRun() {}

    private static Map<Pattern, String> lines() {
        var lines = new LinkedHashMap<Pattern, String>();
        lines.put(Pattern.compile("(\\w+=\\S+ )*\\./mvnw .*"), "the build that runs the tests, once more");
        lines.put(Pattern.compile("docker .*"), "needs a container runtime, and images from a registry");
        lines.put(Pattern.compile("(pip|npm) install .*"), "fetches packages from a registry");
        lines.put(Pattern.compile("(\\w+=\\S+ )*aider .*"), "a program of its own");
        lines.put(Pattern.compile("\\./perpetua audit restart"), "leaves an account alone that is as it was written");
        lines.put(Pattern.compile("\\./perpetua bench .*"), "takes minutes; another module, which tests itself");
        return lines;
    }

    private static String joined(String script) {
        return script.replaceAll("\\\\\n\\s*", " ");
    }

    private static boolean leavesOut(String line) {
        return LINES.keySet().stream()
                .anyMatch(pattern -> pattern.matcher(line.strip()).matches());
    }

    /** {@code script} without those lines. One that is continued is one line. */
    static String without(String script) {
        return joined(script).lines().map(line -> leavesOut(line) ? ":" : line).collect(Collectors.joining("\n"))
                + "\n";
    }

    /** The kinds that no line of {@code scripts} is of. */
    static List<String> unused(List<String> scripts) {
        return LINES.keySet().stream()
                .filter(pattern -> scripts.stream()
                        .flatMap(script -> joined(script).lines())
                        .noneMatch(line -> pattern.matcher(line.strip()).matches()))
                .map(Pattern::pattern)
                .toList();
    }
}
