package io.perpetua.domain.commands;

import java.util.ArrayList;
import java.util.List;

/*
 * POSIX 2.13. A pattern is matched name by name, against what the workspace holds when the line is judged; what is run
 * gets the names that were found, and no wildcards. A name that would be taken for an option gets "./" in front.
 */
/** Pathname expansion. */
final class Wildcards {

    private static final int MOST = 10_000;
    private static final int LONGEST = 256;
    private static final int MOST_NAMES = 200_000;
    private static final char ESCAPE = '\\';

    private final Workspace workspace;
    private final Paths paths;
    private int names;

    Wildcards(Workspace workspace, Paths paths) {
        this.workspace = workspace;
        this.paths = paths;
    }

    /**
     * The paths that match, in order.
     *
     * @param pattern with a backslash before each character that is no wildcard though it looks like one
     */
    List<String> expand(String pattern) throws Refusal {
        String[] parts = pattern.split("/", -1);
        var found = new ArrayList<String>();
        walk(parts, 0, "", found);
        return found;
    }

    private void walk(String[] parts, int index, String before, List<String> found) throws Refusal {
        if (index == parts.length) {
            found.add(before.startsWith("-") ? "./" + before : before);
            if (found.size() > MOST) {
                throw new Refusal("wildcards stand for more than " + MOST + " paths");
            }
            return;
        }
        String part = parts[index];
        boolean last = index == parts.length - 1;
        if (!hasWildcard(part)) {
            String next = before + literal(part) + (last ? "" : "/");
            if (last && !part.isEmpty() && workspace.place(paths.absolute(next)) == Place.MISSING) {
                return;
            }
            walk(parts, index + 1, next, found);
            return;
        }
        if (part.length() > LONGEST) {
            throw new Refusal("a name with wildcards is longer than " + LONGEST + " characters");
        }
        if (part.startsWith(".") && matches("..", part)) {
            throw new Refusal("'" + part + "' could stand for the folder above");
        }
        String folder = paths.absolute(before.isEmpty() ? "." : before);
        if (workspace.place(folder) == Place.OUTSIDE) {
            throw new Refusal("'" + before + "' is outside the workspace");
        }
        var there = workspace.names(folder);
        for (String name : there == null ? List.<String>of() : there) {
            if (++names > MOST_NAMES) {
                throw new Refusal("wildcards would have more than " + MOST_NAMES + " names looked at");
            }
            if ((!name.startsWith(".") || part.startsWith(".")) && matches(name, part)) {
                if (last) {
                    walk(parts, index + 1, before + name, found);
                } else if (workspace.place(paths.absolute(before + name)) == Place.FOLDER) {
                    walk(parts, index + 1, before + name + "/", found);
                }
            }
        }
    }

    static boolean hasWildcard(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == ESCAPE) {
                i++;
            } else if ("*?[".indexOf(pattern.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** {@code text} as a pattern that stands for nothing else. */
    static String escaped(String text) {
        return text.replaceAll("[*?\\[\\\\]", "\\\\$0");
    }

    /** What a pattern without wildcards stands for. */
    static String literal(String pattern) {
        return pattern.replaceAll("(?s)\\\\(.)", "$1");
    }

    /** Whether a name matches, by dynamic programming: in time proportional to both lengths' product at most. */
    static boolean matches(String name, String pattern) {
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            boolean[] next = new boolean[name.length() + 1];
            if (c == '*') {
                boolean any = false;
                for (int i = 0; i <= name.length(); i++) {
                    any |= reached[i];
                    next[i] = any;
                }
                at++;
            } else {
                int end = c == '[' ? closingBracket(pattern, at) : -1;
                for (int i = 0; i < name.length(); i++) {
                    next[i + 1] = reached[i] && one(name.charAt(i), pattern, at, end);
                }
                at = end > 0 ? end + 1 : at + (c == ESCAPE ? 2 : 1);
            }
            reached = next;
        }
        return reached[name.length()];
    }

    private static boolean one(char c, String pattern, int at, int bracketEnd) {
        char wanted = pattern.charAt(at);
        if (bracketEnd > 0) {
            return inBracket(c, pattern.substring(at + 1, bracketEnd));
        }
        return switch (wanted) {
            case '?' -> true;
            case ESCAPE -> at + 1 < pattern.length() && pattern.charAt(at + 1) == c;
            default -> wanted == c;
        };
    }

    private static int closingBracket(String pattern, int open) {
        int first = open + 1;
        if (first < pattern.length() && "!^".indexOf(pattern.charAt(first)) >= 0) {
            first++;
        }
        return pattern.indexOf(']', first + 1);
    }

    private static boolean inBracket(char c, String set) {
        boolean negated = set.startsWith("!") || set.startsWith("^");
        String members = negated ? set.substring(1) : set;
        boolean found = false;
        for (int i = 0; i < members.length(); i++) {
            if (i + 2 < members.length() && members.charAt(i + 1) == '-') {
                found |= members.charAt(i) <= c && c <= members.charAt(i + 2);
                i += 2;
            } else {
                found |= members.charAt(i) == c;
            }
        }
        return found != negated;
    }
}
