package io.perpetua.application.vision;

import java.time.Duration;

/**
 * How much is done for documents.
 *
 * @param bytes most of one document
 * @param queue most jobs that are open at once
 * @param queueOfTenant most of one tenant's
 * @param attempts how often a job is begun without getting on before it fails
 * @param delay the pause before the second attempt; each next one is twice as long
 */
public record VisionLimits(long bytes, int queue, int queueOfTenant, int attempts, Duration delay) {

    /** The longest pause between attempts. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int MOST_DOUBLINGS = 16;

    public VisionLimits {
        if (bytes < 1 || queue < 1 || queueOfTenant < 1 || attempts < 1 || delay.isNegative()) {
            throw new IllegalArgumentException("limits that let nothing through");
        }
    }

    /** The pause after so many attempts in vain. */
    Duration pauseAfter(int tried) {
        var pause = delay.multipliedBy(1L << Math.clamp(tried - 1, 0, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
