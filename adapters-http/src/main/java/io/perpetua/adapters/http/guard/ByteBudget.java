package io.perpetua.adapters.http.guard;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes of bodies that all connections hold together. Safe for concurrent use. */
final class ByteBudget {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /** Takes {@code bytes} if there are that many left; all of them or none. */
    boolean take(long bytes) {
        long before = held.getAndUpdate(now -> bytes <= most - now ? now + bytes : now);
        return bytes <= most - before;
    }

    /** Gives back what was taken. */
    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
