package io.perpetua.domain.memory;

import java.util.Arrays;

/**
 * Sums up what the words of one query say about the turns of one conversation. The statistics are exact and of these
 * turns only: {@code Σ qf · ln(1 + (N - df + ½) / (df + ½)) · f (k₁ + 1) / (f + k₁ (1 - b + b · length / average))} with
 * k₁ = 1.2 and b = 0.75. Not safe for concurrent use.
 *
 * @see <a href="https://doi.org/10.1561/1500000019">Robertson and Zaragoza, The Probabilistic Relevance Framework</a>
 */
public final class Bm25 {

    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private final double[] scores;
    private final double[] saturation;

    /** A query against turns of these lengths, in words. */
    public Bm25(int[] lengths) {
        scores = new double[lengths.length];
        saturation = new double[lengths.length];
        double average = Arrays.stream(lengths).average().orElse(0);
        for (int i = 0; i < lengths.length; i++) {
            saturation[i] = K1 * (1 - B + (average == 0 ? 0 : B * lengths[i] / average));
        }
    }

    /**
     * Adds one word of the query.
     *
     * @param frequencies how often each turn has it
     * @param times how often the query has it
     */
    public void add(int[] frequencies, int times) {
        int turns = 0;
        for (int frequency : frequencies) {
            turns += frequency > 0 ? 1 : 0;
        }
        double weight = times * (K1 + 1) * Math.log(1 + (scores.length - turns + 0.5) / (turns + 0.5));
        for (int i = 0; i < frequencies.length; i++) {
            int frequency = frequencies[i];
            if (frequency > 0) {
                scores[i] += weight * frequency / (frequency + saturation[i]);
            }
        }
    }

    /** Each turn's score for the words added so far, at least 0. */
    public double[] scores() {
        return scores.clone();
    }
}
