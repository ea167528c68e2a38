package io.perpetua.application.access;

import io.perpetua.application.access.Quotas.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that is not served, because its caller has used what it may. */
public final class LimitReached extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is used up. */
    public enum Kind {
        REQUESTS,
        TOKENS,
        BUDGET
    }

    private final Kind kind;
    private final transient @Nullable Level level;
    private final Duration retryAfter;

    /**
     * A refusal.
     *
     * @param level the meter that refused; null for a budget
     * @param retryAfter when there is some again
     */
    public LimitReached(Kind kind, @Nullable Level level, Duration retryAfter, String message) {
        super(message);
        this.kind = kind;
        this.level = level;
        this.retryAfter = retryAfter;
    }

    /** A stable word for programs. */
    public String code() {
        return kind == Kind.BUDGET ? "insufficient_quota" : "rate_limit_exceeded";
    }

    public Kind kind() {
        return kind;
    }

    public @Nullable Level level() {
        return level;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
