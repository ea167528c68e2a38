package io.perpetua.domain.memory;

import java.util.List;

/**
 * What speaks for each turn of a conversation, given one query: raw, on different scales, for all turns there are.
 * The arrays are shared, not copied, and must not be changed.
 *
 * @param table the turns; the other columns have its rows
 * @param words BM25 of the turn's own words, at least 0
 * @param context BM25 of the turn and those around it (itself twice, two on either side once), at least 0
 * @param meaning the best cosine of the query with one of the turn's vectors, in [-1, 1]; NaN where there is none
 * @param terms the query's words as they were indexed, as far as some turn has them, at most 64
 * @param matched which of {@code terms} each turn has: bit i stands for the i-th
 */
@SuppressWarnings("ArrayRecordComponent") // columns of ten thousand turns are shared, not copied
public record TurnSignals(
        TurnTable table, double[] words, double[] context, float[] meaning, List<String> terms, long[] matched) {

    public TurnSignals {
        int size = table.size();
        if (words.length != size || context.length != size || meaning.length != size || matched.length != size) {
            throw new IllegalArgumentException("columns of unequal length");
        }
        terms = List.copyOf(terms);
    }
}
