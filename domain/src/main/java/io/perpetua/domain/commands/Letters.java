package io.perpetua.domain.commands;

/** The characters of a command line. */
final class Letters {

    private Letters() {}

    /** Refuses what cannot be seen: it would make a line look like another one. */
    static void check(String line) throws Refusal {
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            if (!visible(c)) {
                throw new Refusal("the line holds the character U+%04X, which cannot be seen".formatted(c));
            }
            i += Character.charCount(c);
        }
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.SPACE_SEPARATOR -> c == ' ';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    static boolean startsName(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean inName(char c) {
        return startsName(c) || (c >= '0' && c <= '9');
    }

    /** What ends a word when it is not quoted. */
    static boolean endsWord(char c) {
        return " \t\n|&;()<>".indexOf(c) >= 0;
    }
}
