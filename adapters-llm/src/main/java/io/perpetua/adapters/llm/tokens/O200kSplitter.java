package io.perpetua.adapters.llm.tokens;

import static io.perpetua.adapters.llm.tokens.CharacterClasses.CASELESS;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.LOWER;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.MARK;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.NEWLINE;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.NUMBER;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.UPPER;

/*
 * The regular expression of o200k_base, with U = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}], L = [\p{Ll}\p{Lm}\p{Lo}\p{M}] and
 * C = (?i:'s|'t|'re|'ve|'m|'ll|'d):
 *
 *   [^\r\n\p{L}\p{N}]? U* L+ C?
 *   [^\r\n\p{L}\p{N}]? U+ L* C?
 *   \p{N}{1,3}
 *    ?[^\s\p{L}\p{N}]+[\r\n/]*
 *   \s*[\r\n]+ | \s+(?!\S) | \s+
 *
 * U and L overlap in the letters without case and the marks, so U* can take characters that L+ then lacks. A regular
 * expression engine finds its way back one character at a time; here it is known where it ends:
 * - a small letter stops U*: L+ goes on from there;
 * - none does: U* gives back as far as the last character it took that is in L too, and L+ is that one character;
 * - it took no such character: only the second alternative is left, and that is U+ alone.
 * Before each of the two, the optional first character is tried; a mark can be it as well as the first of U or L.
 */
/** The pieces of o200k_base. */
final class O200kSplitter implements Splitter {

    private static final int CASELESS_OR_MARK = CASELESS | MARK;
    private static final int U = UPPER | CASELESS_OR_MARK;
    private static final int L = LOWER | CASELESS_OR_MARK;

    @Override
    public int end(byte[] text, int from) {
        int first = CharacterClasses.at(text, from);
        int word = word(text, from, first);
        if (word > from) {
            return Splitter.contraction(text, word);
        }
        if (first == NUMBER) {
            return Splitter.numbers(text, from);
        }
        int sign = text[from] == ' ' ? from + 1 : from;
        int symbols = CharacterClasses.skip(text, sign, SYMBOL);
        return symbols > sign ? newlinesAndSlashes(text, symbols) : Splitter.blanks(text, from);
    }

    /** The end of the first two alternatives without C, or {@code from} where neither matches. */
    private static int word(byte[] text, int from, int first) {
        if ((first & (LETTER | NUMBER | NEWLINE)) == 0) {
            int behind = CharacterClasses.next(text, from);
            int end = endingInL(text, behind);
            if (end > behind) {
                return end;
            }
            if (first != MARK) { // a mark is in L, so without the optional character the first alternative matches
                int capitals = CharacterClasses.skip(text, behind, U);
                return capitals > behind ? capitals : from;
            }
        }
        int end = endingInL(text, from);
        return end > from ? end : CharacterClasses.skip(text, from, U);
    }

    /** The end of {@code U*L+}, or {@code from} where it does not match. */
    private static int endingInL(byte[] text, int from) {
        int at = from;
        int givenBackTo = from;
        for (int c; ((c = CharacterClasses.at(text, at)) & U) != 0; ) {
            at = CharacterClasses.next(text, at);
            if ((c & CASELESS_OR_MARK) != 0) {
                givenBackTo = at;
            }
        }
        int small = CharacterClasses.skip(text, at, L);
        return small > at ? small : givenBackTo;
    }

    private static int newlinesAndSlashes(byte[] text, int from) {
        int at = from;
        while (at < text.length && (text[at] == '\r' || text[at] == '\n' || text[at] == '/')) {
            at++;
        }
        return at;
    }
}
