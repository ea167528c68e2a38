package io.perpetua.benchmarks.load;

import java.util.HashMap;
import java.util.Map;

/** How many calls a simulated model has at once, in all and of each user. Safe for concurrent use. */
final class Gauge {

    private final Map<String, Integer> now = new HashMap<>();
    private int all;
    private int most;
    private int mostOfOne;
    private long busyNanos;
    private long calls;

    /** A call of {@code user} has come. */
    synchronized void enter(String user) {
        calls++;
        all++;
        most = Math.max(most, all);
        mostOfOne = Math.max(mostOfOne, now.merge(user, 1, Integer::sum));
    }

    /** A call of {@code user} is over, after so long. */
    synchronized void leave(String user, long nanos) {
        all--;
        busyNanos += nanos;
        now.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
    }

    /** From now on, counts what is most anew. */
    synchronized void reset() {
        most = all;
        mostOfOne = now.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        busyNanos = 0;
        calls = 0;
    }

    /** Most calls at once. */
    synchronized int most() {
        return most;
    }

    /** Most calls at once of the same user. */
    synchronized int mostOfOne() {
        return mostOfOne;
    }

    /** The time that all calls took together. */
    synchronized long busyNanos() {
        return busyNanos;
    }

    synchronized long calls() {
        return calls;
    }
}
