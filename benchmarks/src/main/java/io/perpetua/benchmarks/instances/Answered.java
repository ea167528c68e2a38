package io.perpetua.benchmarks.instances;

import java.util.Set;

/**
 * What came of a message.
 *
 * @param tag the message
 * @param acknowledged whether the answer came whole, which promises that the turn is kept
 * @param turn the number of the answer's turn as it was told, 0 where it was not
 * @param degraded what was missing, as it was told
 * @param nanos how long it took
 * @param status of HTTP, 0 where the connection broke
 */
record Answered(Tag tag, boolean acknowledged, int turn, Set<String> degraded, long nanos, int status) {

    Answered {
        degraded = Set.copyOf(degraded);
    }
}
