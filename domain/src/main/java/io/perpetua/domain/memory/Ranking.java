package io.perpetua.domain.memory;

/**
 * A conversation's turns by how much they bear on a question. The arrays are shared, not copied, and must not be
 * changed.
 *
 * @param signals what it was made of
 * @param profile the kind of conversation it was taken for
 * @param order rows of the table, the best first, ties to the later turn
 * @param score how far each row stands out: 0 is the conversation's average turn; comparable within one ranking only
 * @param limits most tokens of each row that are shown at first, never more than it has
 */
@SuppressWarnings("ArrayRecordComponent") // columns of ten thousand turns are shared, not copied
public record Ranking(TurnSignals signals, RankingProfile profile, int[] order, double[] score, int[] limits) {

    public Ranking {
        if (order.length != signals.table().size() || score.length != order.length || limits.length != order.length) {
            throw new IllegalArgumentException("columns of unequal length");
        }
    }
}
