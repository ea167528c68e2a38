package io.perpetua.application.vision;

import io.perpetua.application.memory.TurnWords;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells which of a query's words are meant by what they are indexed as. Safe for concurrent use. */
public final class MatchingWords {

    /** Of a longer query the words that come first are looked for. */
    private static final int MOST_WORDS = 256;

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private final TurnWords words;

    public MatchingWords(TurnWords words) {
        this.words = words;
    }

    /** The words of {@code query} by what they are indexed as; of several that are indexed alike the first. */
    Map<String, String> of(String query) {
        var surfaces = new LinkedHashMap<String, String>();
        for (String word : BETWEEN.split(query, MOST_WORDS + 1)) {
            if (!word.isEmpty() && surfaces.size() < MOST_WORDS) {
                words.ofQuery(word).forEach(indexed -> surfaces.putIfAbsent(indexed, word));
            }
        }
        return surfaces;
    }
}
