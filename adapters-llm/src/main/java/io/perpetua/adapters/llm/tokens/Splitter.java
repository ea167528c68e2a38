package io.perpetua.adapters.llm.tokens;

import static io.perpetua.adapters.llm.tokens.CharacterClasses.CASELESS;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.LOWER;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.MARK;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.NEWLINE;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.NUMBER;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.OTHER;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.SPACE;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.UPPER;

/** Cuts a text into the pieces that an encoding never merges across, and holds what both encodings' rules share. */
interface Splitter {

    /** {@code \p{L}}. */
    int LETTER = UPPER | LOWER | CASELESS;
    /** {@code \s}. */
    int BLANK = SPACE | NEWLINE;
    /** {@code [^\s\p{L}\p{N}]}. */
    int SYMBOL = MARK | OTHER;

    /** Where the piece that starts at {@code from}, a character's first byte, ends; always behind {@code from}. */
    int end(byte[] text, int from);

    /** The end of {@code \p{N}{1,3}}, a number being at {@code from}. */
    static int numbers(byte[] text, int from) {
        int at = from;
        for (int n = 0; n < 3 && (CharacterClasses.at(text, at) & NUMBER) != 0; n++) {
            at = CharacterClasses.next(text, at);
        }
        return at;
    }

    /**
     * The end of {@code \s*[\r\n]+|\s+(?!\S)|\s+}, white space being at {@code from}: up to the last line break of the
     * run; else all of it but the last blank, which belongs to the word behind it.
     */
    static int blanks(byte[] text, int from) {
        int beforeLast = from;
        int at = from;
        int lineEnd = -1;
        for (int c; ((c = CharacterClasses.at(text, at)) & BLANK) != 0; ) {
            beforeLast = at;
            at = CharacterClasses.next(text, at);
            if (c == NEWLINE) {
                lineEnd = at;
            }
        }
        if (lineEnd >= 0) {
            return lineEnd;
        }
        return at == text.length || beforeLast == from ? at : beforeLast;
    }

    /** The end of {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)} at {@code from}, or {@code from} where there is none. */
    static int contraction(byte[] text, int from) {
        if (from + 1 >= text.length || text[from] != '\'') {
            return from;
        }
        int first = lowerCase(text, from + 1);
        int second = lowerCase(text, from + 2);
        return switch (first) {
            case 's', 't', 'm', 'd' -> from + 2;
            case 'r', 'v' -> second == 'e' ? from + 3 : from;
            case 'l' -> second == 'l' ? from + 3 : from;
            // U+017F, the long s, is an s to a regular expression that ignores case.
            case 0xC5 -> second == 0xBF ? from + 3 : from;
            default -> from;
        };
    }

    private static int lowerCase(byte[] text, int at) {
        int b = at < text.length ? text[at] & 0xFF : 0;
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
