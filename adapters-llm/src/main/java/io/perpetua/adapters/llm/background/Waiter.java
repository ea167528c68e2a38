package io.perpetua.adapters.llm.background;

import java.time.Duration;

/** Lets time pass: {@code Thread::sleep}, but for tests. */
@FunctionalInterface
public interface Waiter {

    void pause(Duration duration) throws InterruptedException;
}
