package io.perpetua.domain.vision;

import io.perpetua.domain.memory.Closeness;
import io.perpetua.domain.memory.Scale;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/*
 * The score of region i for a query, with z() the standard score over all regions that are looked at:
 *
 *     S(i) = presence · z(rarity of the query's words in i) + own · z(BM25 of i) + page · z(BM25 of i's page)
 *          + meaning · z(similarity of i)
 *
 * How often a word comes hardly counts: a table names what it is about in every row, and says nothing more of it by that.
 * The page tells apart what says the same in several places: a table seldom repeats what the text around it is about.
 * Scores are fused, not ranks, as with turns: how far a region stands out is what tells.
 */
/** Orders regions by how much they bear on a query. Pure; O(n log n) in the regions. */
public final class RegionRanker {

    private static final double PRESENCE = 0.6;
    private static final double OWN = 0.1;
    private static final double PAGE = 0.2;
    private static final double MEANING = 0.7;

    private RegionRanker() {}

    /**
     * A region that bears on the query.
     *
     * @param score higher is better; 0 is the average of those looked at
     * @param similarity in [-1, 1]; NaN where there is none
     * @param terms the query's words that it has, as they were indexed
     */
    public record Ranked(RegionId id, double score, float similarity, List<String> terms) {

        /** Whether it has a word of the query's, or its meaning is near the query's: otherwise it is only the best there is. */
        public boolean bears() {
            return !terms.isEmpty() || similarity >= Closeness.NEAR;
        }
    }

    /** The best {@code most}, the best first, of equal ones the earlier; only such as something speaks for. */
    public static List<Ranked> best(RegionSignals signals, int most) {
        double[] score = new double[signals.regions().size()];
        add(score, PRESENCE, Scale.standard(signals.presence()));
        add(score, OWN, Scale.standard(signals.words()));
        add(score, PAGE, Scale.standard(signals.page()));
        add(score, MEANING, Scale.standard(signals.meaning()));
        return IntStream.range(0, score.length)
                .filter(row -> signals.words()[row] > 0 || signals.meaning()[row] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> -score[row])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .map(row -> new Ranked(
                        signals.regions().get(row), score[row], signals.meaning()[row], signals.matched(row)))
                .toList();
    }

    private static void add(double[] sum, double weight, double[] values) {
        Arrays.setAll(sum, row -> sum[row] + weight * values[row]);
    }
}
