package io.perpetua.adapters.commands;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions as POSIX has them (Base Definitions, 9), in Java's spelling. */
final class Patterns {

    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("digit", "0-9"),
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("space", "\\s"),
            Map.entry("blank", " \\t"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("xdigit", "\\p{XDigit}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("graph", "\\p{Graph}"));

    private Patterns() {}

    /**
     * An expression that is looked for.
     *
     * @param extended whether it is an extended one
     * @throws PatternSyntaxException when it is none
     */
    static String java(String posix, boolean extended) {
        var java = new StringBuilder();
        int at = 0;
        while (at < posix.length()) {
            char c = posix.charAt(at);
            if (c == '[') {
                at = bracket(posix, at, java);
            } else if (c == '\\' && at + 1 < posix.length()) {
                escape(posix.charAt(at + 1), extended, java);
                at += 2;
            } else {
                boolean plain = !extended && "(){}|+?".indexOf(c) >= 0;
                boolean star = c == '*' && (java.isEmpty() || java.toString().equals("^"));
                java.append(plain || star || c == '\\' ? "\\" + c : String.valueOf(c));
                at++;
            }
        }
        return java.toString();
    }

    private static void escape(char c, boolean extended, StringBuilder java) {
        if (!extended && "(){}|+?".indexOf(c) >= 0) {
            java.append(c);
        } else if (c == '<' || c == '>') {
            java.append("\\b");
        } else if ("wWsSbB123456789".indexOf(c) >= 0) {
            java.append('\\').append(c);
        } else {
            java.append(Pattern.quote(String.valueOf(c)));
        }
    }

    private static int bracket(String posix, int open, StringBuilder java) {
        int at = open + 1;
        java.append('[');
        if (at < posix.length() && posix.charAt(at) == '^') {
            java.append('^');
            at++;
        }
        boolean first = true;
        while (at < posix.length() && (first || posix.charAt(at) != ']')) {
            first = false;
            int end = posix.startsWith("[:", at) ? posix.indexOf(":]", at) : -1;
            if (end > 0) {
                String name = posix.substring(at + 2, end);
                if (!CLASSES.containsKey(name)) {
                    throw new PatternSyntaxException("there is no class of characters '" + name + "'", posix, at);
                }
                java.append(CLASSES.get(name));
                at = end + 2;
            } else {
                char c = posix.charAt(at++);
                java.append("[]\\&^".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        if (at >= posix.length()) {
            throw new PatternSyntaxException("a bracket is not closed", posix, open);
        }
        java.append(']');
        return at + 1;
    }
}
