package io.perpetua.application.admission;

import java.time.Duration;

/** A place among those that are served, until it is given back. Giving it back again does nothing; any thread may. */
public interface Place extends AutoCloseable {

    /** How long it was waited for. */
    Duration waited();

    @Override
    void close();
}
