package io.perpetua.adapters.vectordb.qdrant;

import java.time.Duration;

/** Until when something is to be done, by a clock that does not step. A value. */
record Deadline(long nanos) {

    static Deadline within(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** What is left of it; negative when it is over. */
    Duration left() {
        return Duration.ofNanos(nanos - System.nanoTime());
    }
}
