package io.perpetua.adapters.redis;

import java.time.Duration;

/**
 * When a server that was lost is trusted again: after one answered ping and, where it is lost again soon after it came back,
 * after twice as many each time. A server that answers pings and nothing else so costs ever less. Safe for concurrent use;
 * times are of one clock, in nanoseconds.
 */
final class Comeback {

    private static final long SOON = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 64;

    private int needed = 1;
    private int answered;
    private long back;
    private boolean wasBack;

    /** The server has failed. */
    synchronized void lost(long now) {
        needed = wasBack && now - back < SOON ? Math.min(MOST, needed * 2) : 1;
        answered = 0;
    }

    /** The server has answered a ping. Returns whether it is trusted now. */
    synchronized boolean answered(long now) {
        answered++;
        if (answered < needed) {
            return false;
        }
        back = now;
        wasBack = true;
        return true;
    }
}
