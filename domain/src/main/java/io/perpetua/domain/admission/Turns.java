package io.perpetua.domain.admission;

import java.util.HashMap;
import java.util.Map;

/**
 * Whose turn it is, by start-time fair queueing with requests of length 1: who is served next has the smallest start, which
 * is the larger of the virtual time, the largest start that was served, and of one more than its own latest. So all take
 * turns, however many requests one of them has waiting, and one who was away has neither saved up turns nor lost any. Not
 * safe for concurrent use.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/248156.248171">Goyal, Vin, Cheng: Start-time Fair Queuing, SIGCOMM 1996</a>
 */
final class Turns {

    /** More are not remembered: everybody then begins anew, which is no more than a round's unfairness. */
    private static final int MOST = 10_000;

    private final Map<String, Long> next = new HashMap<>();
    private long virtualTime;

    /** The start of a turn of {@code id}. */
    long start(String id) {
        return Math.max(virtualTime, next.getOrDefault(id, 0L));
    }

    /** {@code id} has a turn. */
    void take(String id) {
        if (next.size() >= MOST) {
            forget();
        }
        long start = start(id);
        next.put(id, start + 1);
        virtualTime = start;
    }

    /** Nobody waits, so there is nothing to be shared out, and nothing to be remembered. */
    void forget() {
        next.clear();
        virtualTime = 0;
    }

    /** How many are remembered. */
    int size() {
        return next.size();
    }
}
