package io.perpetua.adapters.http.guard;

import java.util.concurrent.atomic.AtomicLong;

/*
 * Bytes are taken as they come. If what a request is told to have were taken at once, two connections that send nothing
 * could keep everyone else out. As it is, a body may be refused on its way that there was room for when it began.
 */
/** The bytes of bodies that all connections hold together. Safe for concurrent use. */
final class ByteBudget {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /** Whether {@code bytes} could be taken now. */
    boolean fits(long bytes) {
        return bytes <= most - held.get();
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
