package io.perpetua.application;

import java.util.List;

/** Tells which of the stores turns have to do without. Driven port; safe for concurrent use; costs nothing. */
@FunctionalInterface
public interface Availability {

    /** That of stores which are part of the process. */
    Availability ALWAYS = () -> List::of;

    /** Begins to watch. */
    Watch watch();

    /** A watch that was begun. */
    @FunctionalInterface
    interface Watch {

        /** What was missing at any time since, by the names that an account uses, each once. */
        List<String> missing();
    }
}
