package io.perpetua.benchmarks.load;

/** How a request ended for its client. */
enum Ending {
    /** With all of its answer, and said to be all. */
    ANSWERED,
    /** With 429 or 503, a known code, and when to come again. */
    REFUSED,
    /** With another error in its shape, or an error event in its stream. */
    FAILED,
    /** With its connection, or with an end that came too early, and no word about that. */
    CUT_OFF,
    /** With the client's patience. */
    HUNG,
    /** By the client's own leaving. */
    LEFT
}
