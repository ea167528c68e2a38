package io.perpetua.application;

import java.util.function.Supplier;

/** How a thread waits for somebody else: in a way that interrupts it when its client leaves. */
public interface Waiting {

    /**
     * What {@code wait} returns.
     *
     * @throws java.util.concurrent.CancellationException when the client has left
     */
    <T> T until(Supplier<T> wait);
}
