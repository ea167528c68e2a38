package io.perpetua.domain.admission;

import java.time.Duration;

/**
 * How many are served, and how many wait.
 *
 * @param atOnce requests that are served at once, at least 1
 * @param perUser of those, the ones of one named user, at least 1
 * @param waiting requests that wait, at least 0
 * @param waitingPerUser of those, the ones of one user, named or not, at least 0
 * @param tenantShare how much one tenant may have where there are several, of the places and of those that wait, in (0, 1]
 * @param patience how long a request waits at most
 * @param ageing how long a request waits until it counts as one of the next higher priority
 */
public record AdmissionPolicy(
        int atOnce,
        int perUser,
        int waiting,
        int waitingPerUser,
        double tenantShare,
        Duration patience,
        Duration ageing) {

    public static final AdmissionPolicy DEFAULT =
            new AdmissionPolicy(50, 3, 1_000, 250, 0.8, Duration.ofSeconds(30), Duration.ofSeconds(5));

    public AdmissionPolicy {
        require("at_once", atOnce, 1);
        require("per_user", perUser, 1);
        require("waiting", waiting, 0);
        require("waiting_per_user", waitingPerUser, 0);
        if (!(tenantShare > 0 && tenantShare <= 1)) {
            throw new IllegalArgumentException("tenant_share outside (0, 1]: " + tenantShare);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience: expected no negative duration, found " + patience);
        }
        if (!ageing.isPositive()) {
            throw new IllegalArgumentException("ageing: expected more than nothing, found " + ageing);
        }
    }

    /** What one of several tenants may have of {@code all}, at least 1. */
    int ofATenant(int all) {
        return Math.max(1, (int) (all * tenantShare));
    }

    private static void require(String what, int number, int least) {
        if (number < least) {
            throw new IllegalArgumentException(what + ": expected at least " + least + ", found " + number);
        }
    }
}
