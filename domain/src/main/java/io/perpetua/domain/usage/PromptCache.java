package io.perpetua.domain.usage;

import java.time.Duration;

/**
 * How a provider recognises a prompt's beginning that it has seen before.
 *
 * @param prompt the shortest prompt of which anything is recognised, in tokens, at least 1
 * @param minimum the shortest beginning that is recognised, in tokens, at least 1
 * @param granularity tokens by which a recognised beginning grows, at least 1
 * @param timeToLive how long a beginning is known after its last use
 * @param explicit whether the client must mark where a beginning ends; if not, any common beginning is found
 */
public record PromptCache(int prompt, int minimum, int granularity, Duration timeToLive, boolean explicit) {

    public PromptCache {
        if (prompt < 1 || minimum < 1 || granularity < 1 || !timeToLive.isPositive()) {
            throw new IllegalArgumentException("not a prompt cache: " + minimum + " tokens at least, steps of "
                    + granularity + ", for " + timeToLive);
        }
    }

    /** What of {@code common} tokens at the beginning of a prompt of {@code tokens} is recognised. */
    int recognised(int common, int tokens) {
        return tokens < prompt || common < minimum ? 0 : common - common % granularity;
    }
}
