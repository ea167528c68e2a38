package io.perpetua.application.facts;

import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.TurnWords;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.memory.Bm25;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A fact is a handful of words, so it matches where it has one of the question's, or where its meaning is near enough;
 * both count the same, each on a scale on which the best of these facts by words has 1.
 */
/** Orders facts by what they have to do with a text: by words (BM25 over these facts) and meaning. Safe for concurrent use. */
public final class FactSearch {

    /** The least cosine by which a fact matches without a word in common; unrelated short texts stay below. */
    static final double NEAR = 0.62;

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
     * @param score in [0, 1], higher for what matches better
     * @param lexical its share of the best match by words, in [0, 1]
     * @param semantic the cosine of the meanings, null where it is not known
     */
    public record Match(
            Fact fact,
            double score,
            double lexical,
            @Nullable Double semantic) {}

    /**
     * What matches.
     *
     * @param matches the best first
     * @param complete whether meanings were compared of all facts, as far as there is an embedder at all
     */
    record Matches(List<Match> matches, boolean complete) {}

    /**
     * The facts that have to do with {@code text}.
     *
     * @param atOnce how many vectors may be waited for
     */
    Matches of(List<Fact> facts, String text, int atOnce) {
        if (facts.isEmpty()) {
            return new Matches(List.of(), true);
        }
        double[] lexical = lexical(facts, text);
        double[] semantic = FactVectors.unknown(facts.size());
        boolean complete = true;
        if (vectors != null) {
            try {
                var similar = vectors.similarities(facts, text, atOnce);
                semantic = similar == null ? semantic : similar;
                complete = similar == null || missing(similar) == 0;
            } catch (EmbedderUnavailable e) {
                complete = false;
            }
        }
        var matches = new ArrayList<Match>();
        for (int i = 0; i < lexical.length; i++) {
            boolean near = semantic[i] >= NEAR;
            if (lexical[i] > 0 || near) {
                double meaning = Double.isNaN(semantic[i]) ? 0 : Math.max(0, semantic[i]);
                matches.add(new Match(
                        facts.get(i),
                        (lexical[i] + meaning) / 2,
                        lexical[i],
                        Double.isNaN(semantic[i]) ? null : Double.valueOf(semantic[i])));
            }
        }
        matches.sort(Comparator.comparingDouble(Match::score)
                .reversed()
                .thenComparing(match -> match.fact().recordedAt(), Comparator.reverseOrder())
                .thenComparing(match -> match.fact().id()));
        return new Matches(matches, complete);
    }

    private static int missing(double[] similar) {
        int missing = 0;
        for (double each : similar) {
            missing += Double.isNaN(each) ? 1 : 0;
        }
        return missing;
    }

    private double[] lexical(List<Fact> facts, String text) {
        Map<String, Integer> asked = new LinkedHashMap<>();
        words.ofQuery(text).forEach(word -> asked.merge(word, 1, Integer::sum));
        int[] lengths = new int[facts.size()];
        Map<String, int[]> frequencies = new HashMap<>();
        for (int i = 0; i < lengths.length; i++) {
            var said = words.ofQuery(FactWords.of(facts.get(i)));
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
