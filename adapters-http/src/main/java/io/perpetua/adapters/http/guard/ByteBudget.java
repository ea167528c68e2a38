package io.perpetua.adapters.http.guard;

import java.util.concurrent.atomic.AtomicLong;

/*
 * Bytes are taken as they come. If what a request is told to have were taken at once, two connections that send nothing
 * could keep everyone else out. As it is, a body may be refused on its way that there was room for when it began.
 */
/** The bytes of bodies that all connections hold together. Safe for concurrent use. */
final class ByteBudget {

    /** Bodies of up to so many bytes are small. */
    private static final int SMALL = 1 << 16;

    /** Kept for small bodies, so that a few large ones that come slowly do not keep everybody out. */
    private static final long FOR_SMALL = 1 << 20;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /** Whether a body of {@code bytes} could be taken now. */
    boolean fits(long bytes) {
        return bytes <= mostFor(bytes) - held.get();
    }

    /**
     * Takes {@code bytes} if there are that many left; all of them or none.
     *
     * @param received how long the body is that they belong to, as far as it has come
     */
    boolean take(long bytes, long received) {
        long limit = mostFor(received);
        long before = held.getAndUpdate(now -> bytes <= limit - now ? now + bytes : now);
        return bytes <= limit - before;
    }

    private long mostFor(long body) {
        return body <= SMALL || most <= FOR_SMALL ? most : most - FOR_SMALL;
    }

    /** Gives back what was taken. */
    void give(long bytes) {
        held.addAndGet(-bytes);
    }
}
