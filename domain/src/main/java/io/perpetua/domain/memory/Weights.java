package io.perpetua.domain.memory;

/**
 * How much each part of a turn's score counts. Similarities are standard scores, so weights compare; the rest are 0, 1
 * or in between.
 *
 * @param own BM25 of the turn
 * @param context BM25 of the turn twice and the two turns on either side
 * @param wide BM25 of the turn and the eight on either side
 * @param meaning similarity of the turn's vector
 * @param passage mean similarity of the passages that hold it
 * @param date that it was said when the question asks about
 * @param speaker that it is said by whom the question names; as much is taken off when another says it
 * @param user that the user says it
 * @param brevity taken off for each e-fold of the tokens it would cost
 */
record Weights(
        double own,
        double context,
        double wide,
        double meaning,
        double passage,
        double date,
        double speaker,
        double user,
        double brevity) {

    /** The weights {@code share} of the way from these to {@code other}. */
    Weights towards(Weights other, double share) {
        return new Weights(
                between(own, other.own, share),
                between(context, other.context, share),
                between(wide, other.wide, share),
                between(meaning, other.meaning, share),
                between(passage, other.passage, share),
                between(date, other.date, share),
                between(speaker, other.speaker, share),
                between(user, other.user, share),
                between(brevity, other.brevity, share));
    }

    private static double between(double from, double to, double share) {
        return from + share * (to - from);
    }
}
