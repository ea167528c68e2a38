package io.perpetua.adapters.llm.offline;

import io.perpetua.application.routing.ProviderReply;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;

/** An answer that is there already, handed out piece by piece. */
final class OfflineReply implements ProviderReply {

    private final Iterator<? extends Event> events;
    private volatile boolean closed;

    OfflineReply(List<? extends Event> events) {
        this.events = events.iterator();
    }

    @Override
    public Event next(Duration patience) {
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
