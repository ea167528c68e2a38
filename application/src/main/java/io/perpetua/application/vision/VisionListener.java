package io.perpetua.application.vision;

import java.time.Duration;

/** Told what becomes of the calls that concern documents. Safe for concurrent use; returns at once and never fails. */
public interface VisionListener {

    /** What is called. */
    enum Call {
        SEARCH,
        DECODE,
        INDEX
    }

    /** What came of it. */
    enum Outcome {
        OK,
        /** The client's mistake, or what it may not. */
        REFUSED,
        /** Too much for now. */
        LIMITED,
        /** Switched off, or something that is needed is missing for now. */
        UNAVAILABLE,
        /** Our fault. */
        FAILED,
        /** The client left before the answer. */
        CANCELLED
    }

    /**
     * A request has been answered, whatever the answer was.
     *
     * @param took from its arrival to its answer
     */
    void answered(Call call, Outcome outcome, Duration took);

    /**
     * A document has been indexed, or will not be.
     *
     * @param took from when it was asked for
     */
    default void indexed(Outcome outcome, Duration took) {}

    /** A region was wanted: what of it was at hand, and what had to be read. */
    default void decoded(boolean cached) {}
}
