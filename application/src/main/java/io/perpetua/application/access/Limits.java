package io.perpetua.application.access;

import io.perpetua.domain.access.Rates;

/**
 * What holds for everyone for whom nothing else is said.
 *
 * @param key for each key that has no limits of its own, and for all together who need none
 * @param user for each end user that a request names
 * @param longestAnswer most tokens of an answer that is paid from a budget, where the request sets no bound itself: only
 *     what is bounded can be reserved
 */
public record Limits(Rates key, Rates user, int longestAnswer) {

    public static final Limits NONE = new Limits(Rates.UNLIMITED, Rates.UNLIMITED, 4_096);

    public Limits {
        if (longestAnswer < 1) {
            throw new IllegalArgumentException("longest_answer: expected at least 1, found " + longestAnswer);
        }
    }
}
