package io.perpetua.adapters.llm.brief;

import io.perpetua.domain.tokens.TokenCounter;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text to a number of tokens: after a sentence, or after a word where not even one sentence fits. */
final class Bounded {

    private Bounded() {}

    static String cut(String text, int maxTokens, TokenCounter counter) {
        if (counter.count(text) <= maxTokens) {
            return text;
        }
        String sentences = longest(text, BreakIterator.getSentenceInstance(Locale.ROOT), maxTokens, counter);
        return sentences.isEmpty()
                ? longest(text, BreakIterator.getWordInstance(Locale.ROOT), maxTokens, counter)
                : sentences;
    }

    private static String longest(String text, BreakIterator breaks, int maxTokens, TokenCounter counter) {
        var ends = ends(text, breaks);
        int fits = 0;
        int tooMany = ends.size();
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (counter.count(text.substring(0, ends.get(middle)).strip()) <= maxTokens) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return text.substring(0, ends.get(fits)).strip();
    }

    /** Where the text may end, from its very beginning on. */
    private static List<Integer> ends(String text, BreakIterator breaks) {
        breaks.setText(text);
        var ends = new ArrayList<Integer>();
        for (int end = breaks.first(); end != BreakIterator.DONE; end = breaks.next()) {
            ends.add(end);
        }
        return ends;
    }
}
