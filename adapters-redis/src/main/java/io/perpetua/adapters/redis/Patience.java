package io.perpetua.adapters.redis;

import java.time.Duration;

/**
 * How much longer than usual each thread has waited for a store lately, so that a turn, which asks several times on one
 * thread, loses no more to one that is always a little slow than to one that is away. Safe for concurrent use; times are
 * of one clock, in nanoseconds.
 */
final class Patience {

    /** What an answer may take without counting: most of it is this machine's own business. */
    private static final long USUAL = Duration.ofMillis(25).toNanos();

    private static final long LATELY = Duration.ofSeconds(1).toNanos();

    private final long most;
    private final ThreadLocal<Waits> waits = ThreadLocal.withInitial(Waits::new);

    private static final class Waits {
        private long since;
        private long excess;
    }

    /** Threads that wait at most so much longer than usual within a second. */
    Patience(Duration most) {
        this.most = most.toNanos();
    }

    /** How long this thread may wait for the next answer. */
    long left(long now) {
        var mine = waits.get();
        if (now - mine.since > LATELY) {
            mine.since = now;
            mine.excess = 0;
        }
        return Math.max(USUAL, most - mine.excess);
    }

    /** Notes that this thread has waited. Returns whether its patience is exhausted. */
    boolean waited(long nanos) {
        var mine = waits.get();
        mine.excess += Math.max(0, nanos - USUAL);
        return mine.excess >= most;
    }
}
