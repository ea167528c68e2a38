package io.perpetua.adapters.vectordb.words;

import static java.lang.Character.UnicodeScript.HAN;
import static java.lang.Character.UnicodeScript.HANGUL;
import static java.lang.Character.UnicodeScript.HIRAGANA;
import static java.lang.Character.UnicodeScript.KATAKANA;
import static java.lang.Character.UnicodeScript.KHMER;
import static java.lang.Character.UnicodeScript.LAO;
import static java.lang.Character.UnicodeScript.MYANMAR;
import static java.lang.Character.UnicodeScript.THAI;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts text into lower-case runs of letters and digits, a possessive 's left out. Scripts that put no spaces between
 * words, and Korean, whose words carry endings, are cut into pairs of neighbouring characters; what is indexed has the
 * single characters as well, so that a question of one character finds something.
 */
final class Tokens {

    /** In UTF-16 units. Longer runs are data, not words, and are known by their beginning. */
    private static final int LONGEST = 64;

    private static final Set<UnicodeScript> UNSPACED =
            EnumSet.of(HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR);

    private final String text;
    private final boolean singles;
    private final List<String> tokens = new ArrayList<>();

    private Tokens(String text, boolean singles) {
        this.text = text;
        this.singles = singles;
    }

    /** The tokens of {@code text}; {@code singles} adds the single characters of unspaced scripts. */
    static List<String> of(String text, boolean singles) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return new Tokens(plain, singles).cut();
    }

    private List<String> cut() {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!isWord(c)) {
                at += Character.charCount(c);
            } else if (isUnspaced(c)) {
                at = cutUnspaced(at);
            } else {
                at = cutWord(at);
            }
        }
        return tokens;
    }

    private int cutWord(int start) {
        int end = start;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (!isWord(c) || isUnspaced(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        tokens.add(text.substring(start, Math.min(end, start + LONGEST)));
        return isPossessive(end) ? end + 2 : end;
    }

    /** Whether an apostrophe, an s and the word's end come at {@code at}. */
    private boolean isPossessive(int at) {
        return at + 1 < text.length()
                && (text.charAt(at) == '\'' || text.charAt(at) == '’')
                && text.charAt(at + 1) == 's'
                && (at + 2 == text.length() || !isWord(text.codePointAt(at + 2)));
    }

    private int cutUnspaced(int start) {
        int end = start;
        int before = -1;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            if (!isWord(c) || !isUnspaced(c)) {
                break;
            }
            int after = end + Character.charCount(c);
            if (singles) {
                tokens.add(text.substring(end, after));
            }
            if (before >= 0) {
                tokens.add(text.substring(before, after));
            }
            before = end;
            end = after;
        }
        boolean alone = before == start;
        if (alone && !singles) {
            tokens.add(text.substring(start, end));
        }
        return end;
    }

    /** A letter or a digit, or the mark that completes one: Indic vowel signs are marks. */
    private static boolean isWord(int c) {
        if (c < 0x80) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        }
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** The long vowel mark belongs to both kana and so to neither script. */
    private static boolean isUnspaced(int c) {
        return c >= 0x0E00 && (UNSPACED.contains(UnicodeScript.of(c)) || c == 'ー');
    }
}
