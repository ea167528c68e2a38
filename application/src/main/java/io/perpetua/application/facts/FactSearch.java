package io.perpetua.application.facts;

import io.perpetua.application.facts.FactVectors.Nearness;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.TurnWords;
import io.perpetua.domain.memory.Bm25;
import io.perpetua.domain.memory.Closeness;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/*
 * A fact is a handful of words, so it matches where it has one of the question's, or where its meaning is near enough;
 * both count the same, each on a scale on which the best of these facts by words has 1.
 */
/** Orders facts by what they have to do with a text: by words (BM25 over these facts) and meaning. Safe for concurrent use. */
public final class FactSearch {

    /** Most counts of a word in a fact that one search holds, 16 MB: of a longer text the words that come first are looked for. */
    private static final int MOST_COUNTS = 4_000_000;

    private final TurnWords words;
    private final @Nullable FactVectors vectors;

    /**
     * Searches by {@code words}.
     *
     * @param vectors null where there is no embedder
     */
    public FactSearch(TurnWords words, @Nullable FactVectors vectors) {
        this.words = words;
        this.vectors = vectors;
    }

    /**
     * A fact that matches.
     *
     * @param id the fact's
     * @param score in [0, 1], higher for what matches better
     * @param lexical its share of the best match by words, in [0, 1]
     * @param semantic the cosine of the meanings, null where it is not known
     */
    public record Match(
            String id,
            double score,
            double lexical,
            @Nullable Double semantic) {}

    /**
     * What matches.
     *
     * @param matches the best first
     * @param pending how many facts were compared by words alone, for their vectors are still being made
     * @param degraded whether meanings could not be compared, for the embedder did not answer
     */
    record Matches(List<Match> matches, int pending, boolean degraded) {}

    /**
     * The facts that have to do with {@code text}.
     *
     * @param facts each once
     * @param atOnce how many vectors may be waited for
     */
    Matches of(List<Gist> facts, String text, int atOnce) {
        if (facts.isEmpty()) {
            return new Matches(List.of(), 0, false);
        }
        double[] lexical = lexical(facts, text);
        var nearness = Nearness.unknown(facts.size());
        boolean degraded = false;
        if (vectors != null) {
            try {
                nearness = vectors.of(facts, text, atOnce);
            } catch (EmbedderUnavailable e) {
                degraded = true;
            }
        }
        double[] semantic = nearness.cosines();
        double[] scores = new double[lexical.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (lexical[i] + (semantic[i] > 0 ? semantic[i] : 0)) / 2;
        }
        var matches = IntStream.range(0, scores.length)
                .filter(i -> lexical[i] > 0 || semantic[i] >= Closeness.NEAR)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -scores[i])
                        .thenComparing(i -> facts.get(i).recordedAt(), Comparator.reverseOrder())
                        .thenComparing(i -> facts.get(i).id()))
                .map(i -> new Match(
                        facts.get(i).id(),
                        scores[i],
                        lexical[i],
                        Double.isNaN(semantic[i]) ? null : Double.valueOf(semantic[i])))
                .toList();
        return new Matches(matches, nearness.pending(), degraded);
    }

    private double[] lexical(List<Gist> facts, String text) {
        Map<String, Integer> asked = new LinkedHashMap<>();
        for (String word : words.ofQuery(text)) {
            if (asked.containsKey(word) || asked.size() < MOST_COUNTS / facts.size()) {
                asked.merge(word, 1, Integer::sum);
            }
        }
        int[] lengths = new int[facts.size()];
        Map<String, int[]> frequencies = new HashMap<>();
        for (int i = 0; i < lengths.length; i++) {
            var said = words.ofQuery(facts.get(i).text());
            lengths[i] = said.size();
            for (String word : said) {
                if (asked.containsKey(word)) {
                    frequencies.computeIfAbsent(word, _ -> new int[lengths.length])[i]++;
                }
            }
        }
        var bm25 = new Bm25(lengths);
        asked.forEach((word, times) -> {
            int[] found = frequencies.get(word);
            if (found != null) {
                bm25.add(found, times);
            }
        });
        double[] scores = bm25.scores();
        double best = 0;
        for (double score : scores) {
            best = Math.max(best, score);
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] = best == 0 ? 0 : scores[i] / best;
        }
        return scores;
    }
}
