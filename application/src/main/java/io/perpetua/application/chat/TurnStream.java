package io.perpetua.application.chat;

import io.perpetua.application.chat.ChatAnswer.ChatStream;
import io.perpetua.application.chat.ChatAnswer.Piece;
import io.perpetua.application.routing.ProviderFailure;
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

    private final Answering answering;
    private final TurnRecorder recorder;
    private final boolean wantsUsage;
    private final Deque<String> held = new ArrayDeque<>();
    private @Nullable TurnReport report;

    /**
     * Passes on what a rung answers.
     *
     * @param wantsUsage whether the client asked for the usage chunk
     */
    TurnStream(Answering answering, TurnRecorder recorder, boolean wantsUsage) {
        this.answering = answering;
        this.recorder = recorder;
        this.wantsUsage = wantsUsage;
    }

    @Override
    public @Nullable Piece next(Duration patience) {
        try {
            while (report == null) {
                var seen = answering.first();
                Event event = seen.isEmpty() ? answering.reply().next(patience) : seen.poll();
                switch (event) {
                    case null -> {
                        return null;
                    }
                    case Event.Done(var answer) -> finish(answer);
                    case Event.Chunk(var json, var kind) -> {
                        switch (kind) {
                            case PREAMBLE, CONTENT -> {
                                recorder.heard(json);
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
            throw recorder.broke(answering, failure);
        }
        String json = held.remove();
        return held.isEmpty() ? new Piece.Last(json, report) : new Piece.Chunk(json);
    }

    @Override
    public void close() {
        answering.reply().close();
        recorder.abandoned(answering);
    }

    private void finish(Answer answer) {
        if (held.isEmpty()) {
            throw new IllegalStateException("a stream that ended without a closing chunk");
        }
        report = recorder.answered(answering, answer);
    }
}
