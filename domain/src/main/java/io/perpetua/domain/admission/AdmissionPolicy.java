package io.perpetua.domain.admission;

import java.time.Duration;

/**
 * How many are served, and how many wait.
 *
 * @param atOnce requests that are served at once, at least 1
 * @param perUser of those, the ones of one named user, at least 1
 * @param waiting requests that wait, at least 0
 * @param waitingPerUser of those, the ones of one user, named or not, at least 0
 * @param patience how long a request waits at most
 * @param ageing how long a request waits until it counts as one of the next higher priority
 */
public record AdmissionPolicy(
        int atOnce, int perUser, int waiting, int waitingPerUser, Duration patience, Duration ageing) {

    public static final AdmissionPolicy DEFAULT =
            new AdmissionPolicy(50, 3, 1_000, 250, Duration.ofSeconds(30), Duration.ofSeconds(5));

    public AdmissionPolicy {
        require("at_once", atOnce, 1);
        require("per_user", perUser, 1);
        require("waiting", waiting, 0);
        require("waiting_per_user", waitingPerUser, 0);
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience: expected no negative duration, found " + patience);
        }
        if (!ageing.isPositive()) {
            throw new IllegalArgumentException("ageing: expected more than nothing, found " + ageing);
        }
    }

    private static void require(String what, int number, int least) {
        if (number < least) {
            throw new IllegalArgumentException(what + ": expected at least " + least + ", found " + number);
        }
    }
}
