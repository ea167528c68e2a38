package io.perpetua.application.cache;

import io.perpetua.application.routing.ProviderReply;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** An answer that is there already. Safe for concurrent use as far as its interface asks for it. */
final class Replay implements ProviderReply {

    private final Iterator<Event> events;
    private volatile boolean closed;

    Replay(List<Event> events) {
        this.events = events.iterator();
    }

    @Override
    public @Nullable Event next(Duration patience) {
        if (!events.hasNext()) {
            throw new IllegalStateException("the answer has ended");
        }
        if (closed) {
            throw new CancellationException("the answer was given up");
        }
        return events.next();
    }

    @Override
    public void close() {
        closed = true;
    }
}
