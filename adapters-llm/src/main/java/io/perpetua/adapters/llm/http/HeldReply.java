package io.perpetua.adapters.llm.http;

import io.perpetua.application.routing.ProviderReply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer during which something is held: until it has ended, has failed, or is closed, whichever comes first.
 *
 * @param release lets go; may be called more than once
 */
record HeldReply(ProviderReply reply, Runnable release) implements ProviderReply {

    @Override
    public @Nullable Event next(Duration patience) {
        try {
            var event = reply.next(patience);
            if (event instanceof Event.Done) {
                release.run();
            }
            return event;
        } catch (RuntimeException | Error e) {
            release.run();
            throw e;
        }
    }

    @Override
    public void close() {
        reply.close();
        release.run();
    }
}
