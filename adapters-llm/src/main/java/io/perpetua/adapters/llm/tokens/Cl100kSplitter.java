package io.perpetua.adapters.llm.tokens;

import static io.perpetua.adapters.llm.tokens.CharacterClasses.NEWLINE;
import static io.perpetua.adapters.llm.tokens.CharacterClasses.NUMBER;

/*
 * The regular expression of cl100k_base, alternative by alternative:
 *
 *   (?i:'s|'t|'re|'ve|'m|'ll|'d)
 *   [^\r\n\p{L}\p{N}]?\p{L}+
 *   \p{N}{1,3}
 *    ?[^\s\p{L}\p{N}]+[\r\n]*
 *   \s*[\r\n]+ | \s+(?!\S) | \s+
 *
 * No alternative can take back characters to let a later part match, so each is one look forward.
 */
/** The pieces of cl100k_base. */
final class Cl100kSplitter implements Splitter {

    @Override
    public int end(byte[] text, int from) {
        int contraction = Splitter.contraction(text, from);
        if (contraction > from) {
            return contraction;
        }
        int first = CharacterClasses.at(text, from);
        int word = (first & (LETTER | NUMBER | NEWLINE)) == 0 ? CharacterClasses.next(text, from) : from;
        int letters = CharacterClasses.skip(text, word, LETTER);
        if (letters > word) {
            return letters;
        }
        if (first == NUMBER) {
            return Splitter.numbers(text, from);
        }
        int sign = text[from] == ' ' ? from + 1 : from;
        int symbols = CharacterClasses.skip(text, sign, SYMBOL);
        return symbols > sign ? CharacterClasses.skip(text, symbols, NEWLINE) : Splitter.blanks(text, from);
    }
}
