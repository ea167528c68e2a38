package io.perpetua.adapters.tracing;

import io.perpetua.application.routing.ProviderReply;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer that is followed until it has ended, has failed, or is closed, whichever comes first. */
record FollowedReply(ProviderReply reply, FollowedCall call) implements ProviderReply {

    @Override
    public @Nullable Event next(Duration patience) {
        try {
            var event = reply.next(patience);
            switch (event) {
                case Event.Done(var answer) -> call.answered(answer);
                case Event.Chunk(var _, var kind) -> {
                    if (kind == Kind.CONTENT) {
                        call.spoke();
                    }
                }
                case null -> {}
            }
            return event;
        } catch (RuntimeException | Error e) {
            call.broke(e);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            reply.close();
        } finally {
            call.cancelled();
        }
    }
}
