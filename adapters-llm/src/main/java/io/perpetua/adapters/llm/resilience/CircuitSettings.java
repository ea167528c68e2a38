package io.perpetua.adapters.llm.resilience;

import java.time.Duration;

/**
 * When a rung is left alone, and for how long.
 *
 * @param window how many of a rung's latest calls are looked at, in [1, 1000]
 * @param minimumCalls fewest of them to judge by, in [1, window]
 * @param failureRate the share of failed ones at which the circuit opens, in (0, 1]
 * @param open how long it stays open, longer than zero
 * @param keyRefused how long a provider rests that does not accept the key, longer than zero
 * @param coolDown how long a rate limit lasts when the provider does not say, longer than zero
 */
public record CircuitSettings(
        int window, int minimumCalls, double failureRate, Duration open, Duration keyRefused, Duration coolDown) {

    private static final int LARGEST_WINDOW = 1_000;

    public CircuitSettings {
        if (window < 1 || window > LARGEST_WINDOW) {
            throw new IllegalArgumentException("window outside [1, " + LARGEST_WINDOW + "]: " + window);
        }
        if (minimumCalls < 1 || minimumCalls > window) {
            throw new IllegalArgumentException("minimum_calls outside [1, window]: " + minimumCalls);
        }
        if (!(failureRate > 0 && failureRate <= 1)) {
            throw new IllegalArgumentException("failure_rate outside (0, 1]: " + failureRate);
        }
        requirePositive(open, "open");
        requirePositive(keyRefused, "key_refused");
        requirePositive(coolDown, "cool_down");
    }

    private static void requirePositive(Duration duration, String name) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than zero: " + duration);
        }
    }
}
