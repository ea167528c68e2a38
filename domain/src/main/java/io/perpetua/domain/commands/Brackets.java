package io.perpetua.domain.commands;

/** Bracket expressions of regular expressions (POSIX, Base Definitions 9.3.5). */
final class Brackets {

    private Brackets() {}

    /** Where the bracket that opens at {@code open} closes on its line, -1 where it does not. */
    static int close(String text, int open) {
        int at = open + 1;
        if (text.startsWith("^", at)) {
            at++;
        }
        if (text.startsWith("]", at)) {
            at++;
        }
        while (at < text.length() && text.charAt(at) != '\n') {
            char c = text.charAt(at);
            if (c == ']') {
                return at;
            }
            if (c == '[' && at + 1 < text.length() && ":.=".indexOf(text.charAt(at + 1)) >= 0) {
                int end = text.indexOf(text.charAt(at + 1) + "]", at + 2);
                at = end < 0 ? at + 1 : end + 2;
            } else {
                at++;
            }
        }
        return -1;
    }

    /**
     * Whether programs could differ on where {@code text}, from {@code open} to {@code close}, or the expression around it
     * ends.
     */
    static boolean unclear(String text, int open, int close, char delimiter) {
        String inside = text.substring(open + 1, close);
        return inside.indexOf(delimiter) >= 0 || inside.endsWith("\\");
    }
}
