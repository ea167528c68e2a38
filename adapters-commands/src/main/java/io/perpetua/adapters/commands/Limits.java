package io.perpetua.adapters.commands;

import java.time.Duration;

/**
 * What one run may use. Where the system cannot hold a program to a limit, it is stopped when it is seen to be beyond it.
 *
 * @param time from the first program's start to the last one's end
 * @param output most bytes that are kept of what is printed, and as many again of errors
 * @param memory most bytes of memory, of all processes together
 * @param processes most processes at once
 */
public record Limits(Duration time, int output, long memory, int processes) {

    public Limits {
        if (time.isZero() || time.isNegative() || output < 1 || memory < 1 || processes < 1) {
            throw new IllegalArgumentException("limits are to be larger than zero");
        }
    }
}
