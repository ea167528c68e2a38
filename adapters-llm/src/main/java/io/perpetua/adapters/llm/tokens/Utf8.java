package io.perpetua.adapters.llm.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The bytes of a text as the encodings see them: UTF-8, each lone surrogate as U+FFFD. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static byte[] of(String text) {
        // getBytes alone would put '?' for a lone surrogate, which is another token.
        int lone = loneSurrogate(text, 0);
        return (lone < 0 ? text : replaced(text, lone)).getBytes(UTF_8);
    }

    private static String replaced(String text, int first) {
        char[] chars = text.toCharArray();
        for (int lone = first; lone >= 0; lone = loneSurrogate(text, lone + 1)) {
            chars[lone] = REPLACEMENT;
        }
        return new String(chars);
    }

    /** Index of the first surrogate at or after {@code from} that has no partner, or -1. */
    private static int loneSurrogate(String text, int from) {
        int length = text.length();
        for (int i = from; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
