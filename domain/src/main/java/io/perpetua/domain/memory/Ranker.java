package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Role;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/*
 * Signals on different scales are brought to one by z(x) = (x - mean) / deviation over all turns of the conversation
 * for this question, and added with the profile's weights. A missing meaning counts as the mean. The turns beside a
 * turn lend it a share of their meaning, within a session.
 */
/** Orders a conversation's turns by how much they bear on a question. Pure; O(n log n) in the turns. */
public final class Ranker {

    private static final double NO_DIVISION_BY_ZERO = 1e-9;

    private Ranker() {}

    public static Ranking rank(TurnSignals signals, Question question) {
        var table = signals.table();
        var profile = RankingProfile.of(table);
        double[] words = standardised(signals.words());
        double[] context = standardised(signals.context());
        double[] meaning = standardised(signals.meaning());
        double[] score = new double[table.size()];
        for (int row = 0; row < score.length; row++) {
            score[row] = profile.words() * words[row]
                    + profile.context() * context[row]
                    + profile.meaning() * meaning[row]
                    + profile.around() * (beside(table, meaning, row, row - 1) + beside(table, meaning, row, row + 1))
                    + (table.roles().get(row) == Role.USER ? profile.user() : 0)
                    - profile.length() * Math.log(Math.max(1, table.tokens()[row]));
        }
        int[] order = IntStream.range(0, score.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(row -> score[row])
                        .thenComparingInt(row -> row)
                        .reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        return new Ranking(signals, profile, order, score);
    }

    private static double beside(TurnTable table, double[] meaning, int row, int other) {
        boolean there = other >= 0 && other < meaning.length && table.sessions()[other] == table.sessions()[row];
        return there ? meaning[other] : 0;
    }

    private static double[] standardised(float[] raw) {
        double[] values = new double[raw.length];
        double mean = IntStream.range(0, raw.length)
                .mapToDouble(row -> raw[row])
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(0);
        Arrays.setAll(values, row -> Float.isNaN(raw[row]) ? mean : raw[row]);
        return standardised(values);
    }

    private static double[] standardised(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        double deviation = Math.sqrt(variance) + NO_DIVISION_BY_ZERO;
        return Arrays.stream(values).map(value -> (value - mean) / deviation).toArray();
    }
}
