package io.perpetua.application.chat;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.chat.TurnReport.Latencies;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers how one turn ended, once, however many try to say so. Safe for concurrent use. */
final class TurnRecorder {

    private static final String OK = "ok";

    private final PreparedTurn turn;
    private final StoreTurns store;
    private final TokenCounter counter;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final long start;
    private final long asked;
    private final Instant saidAt;
    private final AtomicBoolean over = new AtomicBoolean();

    TurnRecorder(
            PreparedTurn turn,
            StoreTurns store,
            TokenCounter counter,
            InstantSource clock,
            LongSupplier nanos,
            long start) {
        this.turn = turn;
        this.store = store;
        this.counter = counter;
        this.clock = clock;
        this.nanos = nanos;
        this.start = start;
        asked = nanos.getAsLong();
        saidAt = clock.instant();
    }

    /** What is known of a turn whose answer has begun. */
    TurnReport begun(Answering answering) {
        return turn.begun(answering, latencies(0));
    }

    /** The turn was answered: stores question and answer and gives the whole account. */
    TurnReport answered(Answering answering, Answer answer) {
        var usage = answer.usage() == null ? estimate(answer) : answer.usage();
        var price = answering.target().model().price();
        var dollars = price == null ? null : price.of(usage);
        answering.succeeded(usage, dollars);
        long generation = since(asked);
        var attempts = answering.attempts(OK, since(answering.asked()));
        if (turn.dialogue() == null || !over.compareAndSet(false, true)) {
            return turn.answered(answering, null, 0, usage, dollars, attempts, latencies(generation));
        }
        var said = new ArrayList<>(question());
        said.add(new Dated(answer.message(), clock.instant()));
        var stored = store.store(turn.dialogue(), said, turn.context().mode());
        return turn.answered(
                answering,
                stored.conversation(),
                stored.range().last(),
                usage,
                dollars,
                attempts,
                latencies(generation));
    }

    /** The answer broke off: keeps the question and says what happened. */
    ChatFailed broke(Answering answering, ProviderFailure failure) {
        answering.broke(failure);
        return failed(failure, answering.attempts(failure.kind().wire(), since(answering.asked())));
    }

    /** The turn was not answered: keeps the question and says what happened. */
    ChatFailed failed(ProviderFailure failure, List<Attempt> attempts) {
        var failed = new ChatFailed(turn.unanswered(attempts, latencies(since(asked))), failure);
        StoreUnavailable lost = keepQuestion();
        if (lost != null) {
            failed.addSuppressed(lost);
        }
        return failed;
    }

    /** The client has left: keeps the question. */
    void abandoned() {
        keepQuestion();
    }

    private Latencies latencies(long generation) {
        return new Latencies(turn.context().retrievalMs(), generation, elapsedMs());
    }

    private long elapsedMs() {
        return since(start);
    }

    /** Stores the question without an answer. Nobody was promised that, so a store that is away is no further failure. */
    private @Nullable StoreUnavailable keepQuestion() {
        var dialogue = turn.dialogue();
        if (dialogue == null || dialogue.fresh().isEmpty() || !over.compareAndSet(false, true)) {
            return null;
        }
        try {
            store.store(dialogue, question(), turn.context().mode());
            return null;
        } catch (StoreUnavailable e) {
            return e;
        }
    }

    private List<Dated> question() {
        var dialogue = turn.dialogue();
        return dialogue == null
                ? List.of()
                : dialogue.fresh().stream()
                        .map(message -> new Dated(message, saidAt))
                        .toList();
    }

    private Usage estimate(Answer answer) {
        int output = counter.count(answer.message().text());
        for (var call : answer.message().toolCalls()) {
            output += counter.count(call.name()) + counter.count(call.arguments());
        }
        return Usage.estimated(turn.context().tokens().sent(), output);
    }

    private long since(long moment) {
        return Duration.ofNanos(nanos.getAsLong() - moment).toMillis();
    }
}
