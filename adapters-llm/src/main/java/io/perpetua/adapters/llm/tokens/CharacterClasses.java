package io.perpetua.adapters.llm.tokens;

import java.util.Arrays;

/*
 * The character classes that the encodings' regular expressions speak of, one bit each, for every code point.
 *
 * Each code point is in exactly one class, so a regular expression's set is an OR of classes and membership is one AND.
 * The table has two stages: the code point's upper bits give the block, the lower eight the place in it; equal blocks
 * are stored once (about 40 KB instead of 1.1 MB, so that it stays in the cache).
 */
/** Classes of the characters in well-formed UTF-8, by the Unicode version of the JDK. */
final class CharacterClasses {

    /** What lies behind the last byte; in no set. */
    static final int END = 0;
    /** Lu, Lt. */
    static final int UPPER = 1;
    /** Ll. */
    static final int LOWER = 1 << 1;
    /** Letters without case: Lm, Lo. */
    static final int CASELESS = 1 << 2;
    /** M. */
    static final int MARK = 1 << 3;
    /** N. */
    static final int NUMBER = 1 << 4;
    /** White space other than CR and LF. */
    static final int SPACE = 1 << 5;
    /** CR and LF. */
    static final int NEWLINE = 1 << 6;
    /** Whatever is in no other class: punctuation, symbols, controls, unassigned code points. */
    static final int OTHER = 1 << 7;

    private static final int BLOCK_BITS = 8;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private static final int[] BLOCK_START = new int[(Character.MAX_CODE_POINT + 1) / BLOCK];
    private static final byte[] CLASSES = table();

    private CharacterClasses() {}

    /** The class of the character that starts at {@code at}; {@link #END} at the end. */
    static int at(byte[] text, int at) {
        if (at >= text.length) {
            return END;
        }
        byte lead = text[at];
        return lead >= 0 ? CLASSES[lead] & 0xFF : of(codePoint(text, at, lead));
    }

    /** Where the run of characters of the set {@code classes} that starts at {@code from} ends. */
    static int skip(byte[] text, int from, int classes) {
        int at = from;
        while ((at(text, at) & classes) != 0) {
            at = next(text, at);
        }
        return at;
    }

    /** Where the character after the one at {@code at} starts. */
    static int next(byte[] text, int at) {
        byte lead = text[at];
        return at + (lead >= 0 ? 1 : lead < (byte) 0xE0 ? 2 : lead < (byte) 0xF0 ? 3 : 4);
    }

    private static int of(int codePoint) {
        return CLASSES[BLOCK_START[codePoint >> BLOCK_BITS] + (codePoint & (BLOCK - 1))] & 0xFF;
    }

    private static int codePoint(byte[] text, int at, byte lead) {
        int second = text[at + 1] & 0x3F;
        if (lead < (byte) 0xE0) {
            return (lead & 0x1F) << 6 | second;
        }
        int third = text[at + 2] & 0x3F;
        if (lead < (byte) 0xF0) {
            return (lead & 0x0F) << 12 | second << 6 | third;
        }
        return (lead & 0x07) << 18 | second << 12 | third << 6 | (text[at + 3] & 0x3F);
    }

    private static byte[] table() {
        byte[] table = new byte[0];
        byte[] block = new byte[BLOCK];
        for (int b = 0; b < BLOCK_START.length; b++) {
            for (int i = 0; i < BLOCK; i++) {
                block[i] = (byte) classify(b * BLOCK + i);
            }
            int start = 0;
            while (start < table.length && !Arrays.equals(table, start, start + BLOCK, block, 0, BLOCK)) {
                start += BLOCK;
            }
            if (start == table.length) {
                table = Arrays.copyOf(table, start + BLOCK);
                System.arraycopy(block, 0, table, start, BLOCK);
            }
            BLOCK_START[b] = start;
        }
        return table;
    }

    private static int classify(int codePoint) {
        if (codePoint == '\r' || codePoint == '\n') {
            return NEWLINE;
        }
        if ((codePoint >= 0x09 && codePoint <= 0x0D) || codePoint == 0x85) {
            return SPACE;
        }
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
            case Character.LOWERCASE_LETTER -> LOWER;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> CASELESS;
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> MARK;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> OTHER;
        };
    }
}
