package io.perpetua.adapters.llm.http;

import java.time.Duration;

/** How much of its time a call that began when this was made has left. Belongs to the call's one reader. */
final class Limits {

    private static final long NOT_WAITING = -1;

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Timeouts timeouts;
    private final Duration firstToken;
    private final Duration total;
    private final long start = System.nanoTime();
    /** When the reader began to wait in vain, in nanoseconds after the start: time it spends elsewhere is no silence. */
    private long silentSince = NOT_WAITING;

    /**
     * The limits of a call that begins now.
     *
     * @param stream whether the patience ends with the first content, rather than with the answer
     * @param patience of whoever asks
     */
    Limits(Timeouts timeouts, boolean stream, Duration patience) {
        this.timeouts = timeouts;
        firstToken = stream ? shorter(timeouts.firstToken(), patience) : timeouts.firstToken();
        total = stream ? timeouts.total() : shorter(timeouts.total(), patience);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** A limit as it stands: what is it called, how long is it, and how many nanoseconds are left of it. */
    record Limit(String name, Duration length, long left) {

        boolean passed() {
            return left <= 0;
        }

        private Limit orEarlier(Limit other) {
            return other.left < left ? other : this;
        }
    }

    Limit total() {
        return limit("whole answer", total, 0);
    }

    Limit firstToken() {
        return limit("first token", firstToken, 0).orEarlier(total());
    }

    /** The limit on silence; asking for it is the beginning of waiting, if nobody waits yet. */
    Limit nextToken() {
        if (silentSince == NOT_WAITING) {
            silentSince = elapsed();
        }
        return limit("next token", timeouts.betweenTokens(), silentSince).orEarlier(total());
    }

    /** Something came: the silence is over. */
    void heard() {
        silentSince = NOT_WAITING;
    }

    private Limit limit(String name, Duration length, long from) {
        return new Limit(name, length, from + nanos(length) - elapsed());
    }

    private long elapsed() {
        return System.nanoTime() - start;
    }

    /** {@code duration} in nanoseconds, a century at most, so that sums of them do not overflow. */
    static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
    }
}
