package io.perpetua.domain.memory;

/*
 * Some turns are near every query: the vectors of one conversation share a direction, and those that have most of it
 * (greetings, thanks, long mixtures) crowd out what is near this query in particular. Subtracting half of the turns'
 * mean m from the query q takes half of that direction out of every similarity at once, as q·v - (q - m/2)·v = m·v/2.
 */
/**
 * Makes a query's vector telling within one conversation.
 *
 * @see <a href="https://arxiv.org/abs/1702.01417">Mu, Bhat and Viswanath, All-but-the-Top</a>, of which this is the mean
 */
public final class Contrast {

    private static final float SHARE = 0.5f;

    private Contrast() {}

    /**
     * The vector to search a conversation by. Its length is not 1, which ranking does not mind.
     *
     * @param query the query's vector, of length 1
     * @param mean the mean of the conversation's turn vectors, each of length 1; as long as {@code query}
     */
    public static float[] of(float[] query, float[] mean) {
        float[] telling = new float[query.length];
        for (int i = 0; i < query.length; i++) {
            telling[i] = query[i] - SHARE * mean[i];
        }
        return telling;
    }
}
