package io.perpetua.application.chat;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Whoever serves a request is interrupted only while it waits for somebody else: an interrupt anywhere would hit it in
 * the middle of the index or the store as well, whose files do not survive that. And not while it reads an answer, which
 * can be closed instead: the HTTP client works on its reader's thread, too, and an interrupt there is lost now and then.
 */
/** Tells whoever serves a request that its client has left. Safe for concurrent use. */
public final class Cancellation {

    private boolean cancelled;
    private @Nullable Thread waiting;
    private @Nullable Runnable end;

    /** The client has left: ends the waiting that is under way, and every later one. */
    public synchronized void cancel() {
        cancelled = true;
        if (end != null) {
            Thread.ofVirtual().name("cancellation").start(end); // whoever cancels is not to be held up
        } else if (waiting != null) {
            waiting.interrupt();
        }
    }

    /**
     * Ends what is waited for by {@code otherEnd} rather than by an interrupt, at once if the client has left; null for an
     * interrupt again.
     */
    synchronized void endsBy(@Nullable Runnable otherEnd) {
        end = otherEnd;
        if (cancelled && otherEnd != null) {
            otherEnd.run();
        }
    }

    /**
     * What {@code wait} returns, which is interrupted when the client leaves. Not to be nested.
     *
     * @throws CancellationException when the client has left
     */
    <T> T whileWaiting(Supplier<T> wait) {
        begin();
        try {
            return wait.get();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        if (cancelled) {
            throw new CancellationException("the client has left");
        }
        waiting = Thread.currentThread();
    }

    /** After this no interrupt comes, and one that came has done its work. */
    private synchronized void end() {
        waiting = null;
        if (cancelled) {
            var _ = Thread.interrupted();
        }
    }
}
