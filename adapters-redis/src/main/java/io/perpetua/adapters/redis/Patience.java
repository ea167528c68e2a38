package io.perpetua.adapters.redis;

import java.time.Duration;

/**
 * How much longer than usual each thread has waited for a store, so that a turn, which asks several times on one thread,
 * loses no more to one that is always a little slow than to one that is away. A virtual thread is one turn's or one task's
 * and has its patience once; another has it anew every second. Safe for concurrent use; times are of one clock, in
 * nanoseconds.
 */
final class Patience {

    /** What an answer may take without counting: most of it is this machine's own business. */
    private static final long USUAL = Duration.ofMillis(25).toNanos();

    private static final long ANEW = Duration.ofSeconds(1).toNanos();

    private final long most;
    private final ThreadLocal<Waits> waits = ThreadLocal.withInitial(Waits::new);

    private static final class Waits {
        private long since;
        private long excess;
    }

    /** Threads that wait at most so much longer than usual. */
    Patience(Duration most) {
        this.most = most.toNanos();
    }

    /** How long this thread may wait for the next answer; not above 0 when it has waited enough. */
    long left(long now) {
        var mine = waits.get();
        if (!Thread.currentThread().isVirtual() && now - mine.since > ANEW) {
            mine.since = now;
            mine.excess = 0;
        }
        return most - mine.excess;
    }

    /** Notes that this thread has waited. */
    void waited(long nanos) {
        waits.get().excess += Math.max(0, nanos - USUAL);
    }
}
