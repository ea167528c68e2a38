package io.perpetua.application.context;

import java.time.Duration;

/** Hears of every context that is made. Safe for concurrent use; must neither wait nor fail. */
@FunctionalInterface
public interface ContextListener {

    /** A context is there. It took so long, recall included. */
    void assembled(Duration took);
}
