package io.perpetua.application.chat;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.chat.ChatAnswer.Whole;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.chat.TurnReport.Latencies;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.routing.ProviderReply.Kind;
import io.perpetua.domain.tokens.TokenCounter;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/** Use case: answer one chat request and remember the turn. Safe for concurrent use. */
public final class CompleteChat {

    private final PrepareTurn prepare;
    private final StoreTurns store;
    private final TokenCounter counter;
    private final InstantSource clock;
    private final LongSupplier nanos;

    /**
     * Answers what {@code prepare} has prepared.
     *
     * @param counter counts an answer whose provider does not say what it used
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     */
    public CompleteChat(
            PrepareTurn prepare, StoreTurns store, TokenCounter counter, InstantSource clock, LongSupplier nanos) {
        this.prepare = prepare;
        this.store = store;
        this.counter = counter;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Answers a request. A streamed answer is returned once its first content has come.
     *
     * @throws RequestRefused when the request cannot be served as it is
     * @throws ChatFailed when nobody answered; the user's turn is kept
     * @param cancellation tells when the client has left
     * @throws CancellationException when the client has left; the user's turn is kept
     */
    public ChatAnswer complete(ChatRequest request, Cancellation cancellation) {
        long start = nanos.getAsLong();
        var turn = prepare.prepare(request);
        var recorder = new TurnRecorder(turn, store, counter, clock, nanos, start);
        try {
            var asked = new ProviderRequest(
                    turn.target().model().name(), turn.context().messages(), request.parameters(), request.stream());
            ProviderReply reply =
                    cancellation.whileWaiting(() -> turn.target().provider().ask(asked));
            return request.stream()
                    ? streamed(turn, recorder, reply, cancellation)
                    : whole(recorder, reply, cancellation);
        } catch (ProviderFailure failure) {
            throw recorder.failed(failure);
        } catch (CancellationException e) {
            recorder.abandoned();
            throw e;
        }
    }

    private static ChatAnswer whole(TurnRecorder recorder, ProviderReply reply, Cancellation cancellation) {
        try (reply) {
            Answer answer = cancellation.whileWaiting(() -> answer(reply));
            String body = answer.body();
            if (body == null) {
                throw new IllegalStateException("an answer in one piece without a body");
            }
            return new Whole(body, recorder.answered(answer));
        }
    }

    private static Answer answer(ProviderReply reply) {
        Event event = reply.next(TurnStream.FOREVER);
        while (!(event instanceof Event.Done)) {
            event = reply.next(TurnStream.FOREVER);
        }
        return ((Event.Done) event).answer();
    }

    private ChatAnswer streamed(
            PreparedTurn turn, TurnRecorder recorder, ProviderReply reply, Cancellation cancellation) {
        Deque<Event> seen;
        try {
            seen = cancellation.whileWaiting(() -> untilItSpeaks(reply));
        } catch (RuntimeException e) {
            reply.close();
            throw e;
        }
        var soFar = turn.report(new Latencies(turn.context().retrievalMs(), 0, recorder.elapsedMs()));
        return new Streamed(
                soFar, new TurnStream(reply, seen, recorder, turn.request().wantsUsage()));
    }

    private static Deque<Event> untilItSpeaks(ProviderReply reply) {
        var seen = new ArrayDeque<Event>();
        Event event = null;
        while (event == null || (event instanceof Event.Chunk(var json, var kind) && kind == Kind.PREAMBLE)) {
            event = reply.next(TurnStream.FOREVER);
            if (event != null) {
                seen.add(event);
            }
        }
        return seen;
    }

    /** Who was asked with what outcome, in the words of the report. */
    static Attempt attempt(PreparedTurn turn, String outcome, long latencyMs) {
        var model = turn.target().model();
        return new Attempt(model.provider(), model.name(), outcome, latencyMs);
    }
}
