package io.perpetua.benchmarks.resilience;

/** What a client was given. */
enum Fate {
    /** All of one answer, and said to be all. */
    WHOLE,
    /** An error in the place of an answer, in the shape that errors have. */
    REFUSED,
    /** A part of an answer, and then an error event. */
    BROKEN_OFF,
    /** An answer that ended without a word about what is missing, or that passed for whole and was not. */
    SILENTLY_TRUNCATED,
    /** Nothing more for longer than a client waits. */
    HUNG,
    /** Something else, such as an error in no known shape. */
    UNINTELLIGIBLE;

    boolean isExplicit() {
        return compareTo(BROKEN_OFF) <= 0;
    }
}
