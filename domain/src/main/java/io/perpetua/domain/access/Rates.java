package io.perpetua.domain.access;

import org.jspecify.annotations.Nullable;

/**
 * How much may be used in a minute, and in a day of UTC. Each is at least 1 and at most {@value #MOST}; null is no limit.
 *
 * @param requestsPerMinute counted from the first request of a minute on
 * @param tokensPerMinute of prompts and answers together
 */
public record Rates(
        @Nullable Long requestsPerMinute,
        @Nullable Long requestsPerDay,
        @Nullable Long tokensPerMinute,
        @Nullable Long tokensPerDay) {

    /** The highest limit that can be kept. */
    public static final long MOST = 10_000_000_000L;

    /** No limits. */
    public static final Rates UNLIMITED = new Rates(null, null, null, null);

    public Rates {
        require("requests per minute", requestsPerMinute);
        require("requests per day", requestsPerDay);
        require("tokens per minute", tokensPerMinute);
        require("tokens per day", tokensPerDay);
    }

    private static void require(String what, @Nullable Long most) {
        if (most != null && (most < 1 || most > MOST)) {
            throw new IllegalArgumentException(what + ": expected 1 to " + MOST + ", found " + most);
        }
    }

    /** These, and where they say nothing what {@code others} say. */
    public Rates or(Rates others) {
        return new Rates(
                requestsPerMinute == null ? others.requestsPerMinute : requestsPerMinute,
                requestsPerDay == null ? others.requestsPerDay : requestsPerDay,
                tokensPerMinute == null ? others.tokensPerMinute : tokensPerMinute,
                tokensPerDay == null ? others.tokensPerDay : tokensPerDay);
    }
}
