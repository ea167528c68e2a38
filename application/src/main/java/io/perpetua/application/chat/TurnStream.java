package io.perpetua.application.chat;

import io.perpetua.application.chat.ChatAnswer.ChatStream;
import io.perpetua.application.chat.ChatAnswer.Piece;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer on its way to the client. The closing chunks are held back until the turn is stored, so that a client
 * that has seen the end of an answer can rely on its being remembered.
 */
final class TurnStream implements ChatStream {

    /** Longer than any provider may take; its own timeouts end the waiting. */
    static final Duration FOREVER = Duration.ofDays(1);

    private final ProviderReply reply;
    private final Deque<Event> seen;
    private final TurnRecorder recorder;
    private final boolean wantsUsage;
    private final Deque<String> held = new ArrayDeque<>();
    private @Nullable TurnReport report;

    /**
     * Passes on what {@code reply} gives.
     *
     * @param seen events that were taken from the reply already, in order
     * @param wantsUsage whether the client asked for the usage chunk
     */
    TurnStream(ProviderReply reply, Deque<Event> seen, TurnRecorder recorder, boolean wantsUsage) {
        this.reply = reply;
        this.seen = seen;
        this.recorder = recorder;
        this.wantsUsage = wantsUsage;
    }

    @Override
    public @Nullable Piece next(Duration patience) {
        try {
            while (report == null) {
                Event event = seen.isEmpty() ? reply.next(patience) : seen.poll();
                switch (event) {
                    case null -> {
                        return null;
                    }
                    case Event.Done(var answer) -> finish(answer);
                    case Event.Chunk(var json, var kind) -> {
                        switch (kind) {
                            case PREAMBLE, CONTENT -> {
                                return new Piece.Chunk(json);
                            }
                            case FINISH -> held.add(json);
                            case USAGE -> {
                                if (wantsUsage) {
                                    held.add(json);
                                }
                            }
                        }
                    }
                }
            }
        } catch (ProviderFailure failure) {
            throw recorder.failed(failure);
        }
        String json = held.remove();
        return held.isEmpty() ? new Piece.Last(json, report) : new Piece.Chunk(json);
    }

    @Override
    public void close() {
        reply.close();
        recorder.abandoned();
    }

    private void finish(Answer answer) {
        if (held.isEmpty()) {
            throw new IllegalStateException("a stream that ended without a closing chunk");
        }
        report = recorder.answered(answer);
    }
}
