package io.perpetua.domain.routing;

/**
 * What came of asking a rung once.
 *
 * @param success whether it answered
 * @param seconds how long it took to answer or to fail; for a stream, to its first content
 * @param dollars what the answer cost; 0 where that is not known
 */
public record Outcome(boolean success, double seconds, double dollars) {

    public Outcome {
        if (!(seconds >= 0 && dollars >= 0 && Double.isFinite(seconds + dollars))) {
            throw new IllegalArgumentException("not an outcome: " + seconds + " s, " + dollars + " dollars");
        }
    }
}
