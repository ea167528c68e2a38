package io.perpetua.application.cache;

import java.time.Duration;

/**
 * How long answers are kept, and how many.
 *
 * @param ttl how long an answer may be given again, positive
 * @param entries most answers kept, from 1
 * @param bytes most that the kept completions may have together, in bytes of UTF-8, from 1
 */
public record CacheLimits(Duration ttl, int entries, long bytes) {

    public static final CacheLimits DEFAULT = new CacheLimits(Duration.ofHours(1), 10_000, 64L << 20);

    public CacheLimits {
        if (!ttl.isPositive()) {
            throw new IllegalArgumentException("ttl is not positive: " + ttl);
        }
        if (entries < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "no room for a single answer: " + entries + " entries, " + bytes + " bytes");
        }
    }
}
