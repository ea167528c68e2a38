package io.perpetua.application;

import java.time.Duration;

/** Lets time pass: {@code Thread::sleep}, but for tests. */
public interface Pause {

    /** Returns after {@code length}. */
    void of(Duration length) throws InterruptedException;
}
