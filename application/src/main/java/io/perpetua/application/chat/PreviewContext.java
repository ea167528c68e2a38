package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Latencies;
import io.perpetua.domain.conversation.Message;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Use case: what a chat request would send, without sending it. Safe for concurrent use. */
public final class PreviewContext {

    private final PrepareTurn prepare;
    private final LongSupplier nanos;

    /**
     * Prepares turns by {@code prepare} and leaves it at that.
     *
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     */
    public PreviewContext(PrepareTurn prepare, LongSupplier nanos) {
        this.prepare = prepare;
        this.nanos = nanos;
    }

    /** The messages that would be sent, and the account of them. */
    public record Preview(List<Message> messages, TurnReport report) {}

    public Preview preview(ChatRequest request) {
        long start = nanos.getAsLong();
        var turn = prepare.prepare(request);
        long total = Duration.ofNanos(nanos.getAsLong() - start).toMillis();
        return new Preview(
                turn.context().messages(),
                turn.preview(new Latencies(0, turn.context().retrievalMs(), 0, total)));
    }
}
