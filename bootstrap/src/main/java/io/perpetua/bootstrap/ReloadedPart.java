package io.perpetua.bootstrap;

/** A part of what is configured that changes while the server runs. Each is a bean of its own. */
interface ReloadedPart {

    /**
     * Reads the part anew, and changes nothing yet. What is wrong is told to the configuration's mistakes; then no part is
     * changed.
     *
     * @return puts what was read in force at once; does not fail
     */
    Runnable read(Configuration changed);
}
