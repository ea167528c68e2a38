package io.perpetua.adapters.llm.http;

import java.time.Duration;

/**
 * How long to wait for a provider, each limit on its own; all longer than zero. An answer in one piece has no first
 * token, so only {@code connect} and {@code total} apply to it.
 *
 * @param connect until the connection stands
 * @param firstToken from the call to the first chunk that says something
 * @param betweenTokens from one chunk to the next, counted only while we wait for it; comments do not count as chunks
 * @param total from the call to the end of the answer
 */
public record Timeouts(Duration connect, Duration firstToken, Duration betweenTokens, Duration total) {

    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(600));

    public Timeouts {
        requirePositive(connect, "connect");
        requirePositive(firstToken, "first-token");
        requirePositive(betweenTokens, "between-tokens");
        requirePositive(total, "total");
    }

    private static void requirePositive(Duration duration, String name) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("the " + name + " timeout must be longer than zero: " + duration);
        }
    }
}
