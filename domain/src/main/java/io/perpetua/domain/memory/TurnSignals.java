package io.perpetua.domain.memory;

import java.util.List;

/**
 * What speaks for each turn of a conversation, given one query: raw, on different scales, for all turns there are.
 * The arrays are shared, not copied, and must not be changed.
 *
 * @param table the turns; the other columns have its rows
 * @param words BM25 of the turn's own words, at least 0
 * @param context BM25 of the turn and those around it (itself twice, two on either side once), at least 0
 * @param wide BM25 of the turn and the eight on either side, once each, at least 0
 * @param meaning the best similarity of the query, made telling by {@link Contrast}, to one of the turn's vectors; NaN
 *     where there is none
 * @param passage the mean similarity to the passages that hold the turn; NaN where there is none
 * @param terms the query's words as they were indexed, as far as some turn has them, at most 64
 * @param matched which of {@code terms} each turn has: bit i stands for the i-th
 */
@SuppressWarnings("ArrayRecordComponent") // columns of ten thousand turns are shared, not copied
public record TurnSignals(
        TurnTable table,
        double[] words,
        double[] context,
        double[] wide,
        float[] meaning,
        float[] passage,
        List<String> terms,
        long[] matched) {

    public TurnSignals {
        int size = table.size();
        if (words.length != size
                || context.length != size
                || wide.length != size
                || meaning.length != size
                || passage.length != size
                || matched.length != size) {
            throw new IllegalArgumentException("columns of unequal length");
        }
        terms = List.copyOf(terms);
    }
}
