package io.perpetua.application.chat;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.LimitReached;
import io.perpetua.application.cache.CacheStatus;
import io.perpetua.application.cache.Flight;
import io.perpetua.application.chat.CompleteChat.Listeners;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.chat.TurnReport.Latencies;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.tracing.Tracing.Step;
import io.perpetua.domain.journal.Ending;
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

    private final PreparedTurn turn;
    private final StoreTurns store;
    private final TokenCounter counter;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final long start;
    private final Duration queued;
    private final long asked;
    private final Instant saidAt;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Listeners listeners;
    private volatile Flight flight = Flight.BYPASSING;
    private List<Attempt> tried = List.of();
    private volatile boolean cacheAway;
    private final Tab tab;

    /**
     * Remembers how {@code turn} ends.
     *
     * @param tab is settled when the turn ends
     * @param start when the request came, by {@code nanos}
     * @param queued how long it waited to be let in
     * @param listeners follow the storing, and hear how the turn ended
     */
    TurnRecorder(
            PreparedTurn turn,
            Tab tab,
            StoreTurns store,
            TokenCounter counter,
            InstantSource clock,
            LongSupplier nanos,
            long start,
            Duration queued,
            Listeners listeners) {
        this.turn = turn;
        this.tab = tab;
        this.store = store;
        this.counter = counter;
        this.clock = clock;
        this.nanos = nanos;
        this.start = start;
        this.queued = queued;
        this.listeners = listeners;
        asked = nanos.getAsLong();
        saidAt = clock.instant();
    }

    /**
     * Identical requests may be waiting for this turn's answer: ends {@code flight} when the turn ends.
     *
     * @param away whether the cache was away
     */
    void holds(Flight held, boolean away) {
        flight = held;
        cacheAway = away;
    }

    /** A piece of the answer has come. */
    void heard(String chunk) {
        tab.heard(chunk);
    }

    /** What is known of a turn whose answer has begun. */
    TurnReport begun(Answering answering) {
        return account(turn.begun(answering, cache(), latencies(0)));
    }

    /** The turn was answered: stores question and answer and gives the whole account. */
    TurnReport answered(Answering answering, Answer answer) {
        try {
            var report = stored(answering, answer);
            tell(report, Ending.ANSWERED, null, answer.finishReason());
            return report;
        } catch (RuntimeException e) {
            tellFault(e);
            throw e;
        } finally {
            flight.close(); // unless the answer was kept
            tab.settlePart(); // unless it is known what the answer was worth
        }
    }

    private TurnReport stored(Answering answering, Answer answer) {
        var last = answering.succeeded(answer.usage() == null ? estimate(answer) : answer.usage());
        tab.settle(last);
        var bill = answering.total(last);
        if (!answering.reusable()) {
            flight.failed();
        }
        long generation = since(asked);
        var attempts = answering.attempts(Attempt.OK, nanos.getAsLong());
        if (turn.dialogue() == null || !over.compareAndSet(false, true)) {
            if (turn.dialogue() == null) {
                flight.share(answer, answering.provider(), answering.model());
            }
            return account(turn.answered(answering, null, 0, bill, attempts, cache(), latencies(generation)));
        }
        var said = new ArrayList<>(question());
        said.add(new Dated(answer.message(), clock.instant()));
        var stored = store(turn.dialogue(), said);
        flight.keep(
                answer,
                answering.provider(),
                answering.model(),
                stored.conversation().key());
        return account(turn.answered(
                answering,
                stored.conversation(),
                stored.range().last(),
                bill,
                attempts,
                cache(),
                latencies(generation)));
    }

    /** The answer broke off: keeps the question and says what happened. */
    ChatFailed broke(Answering answering, ProviderFailure failure) {
        answering.broke(failure);
        tab.settlePart();
        var attempts = answering.attempts(failure.kind().wire(), nanos.getAsLong());
        return failed(failure, turn.broken(answering, attempts, cache(), latencies(since(asked))), Ending.BROKEN);
    }

    /** The turn was not answered: keeps the question and says what happened. */
    ChatFailed failed(ProviderFailure failure, List<Attempt> attempts) {
        var ending = failure.kind().isClients() ? Ending.REFUSED : Ending.FAILED;
        return failed(failure, turn.unanswered(attempts, cache(), latencies(since(asked))), ending);
    }

    private ChatFailed failed(ProviderFailure failure, TurnReport report, Ending ending) {
        flight.failed();
        var failed = new ChatFailed(account(report), failure);
        tell(failed.report(), ending, failure.kind().wire());
        StoreUnavailable lost = keepQuestion();
        if (lost != null) {
            failed.addSuppressed(lost);
        }
        return failed;
    }

    /** The client has left before anybody answered: keeps the question. */
    void abandoned() {
        abandoned(unanswered());
    }

    /** The client has left while it was answered: keeps the question. Does nothing once the answer has ended. */
    void abandoned(Answering answering) {
        var attempts = answering.attempts(Attempt.CANCELLED, nanos.getAsLong());
        abandoned(account(turn.broken(answering, attempts, cache(), latencies(since(asked)))));
    }

    private void abandoned(TurnReport report) {
        flight.close();
        tab.settlePart();
        tell(report, Ending.LEFT, null);
        keepQuestion();
    }

    /** These were asked before it came to something else than an answer. */
    void tried(List<Attempt> attempts) {
        tried = List.copyOf(attempts);
    }

    /** Something else went wrong: nobody is to wait for this turn any longer. */
    void gaveUp(Throwable reason) {
        flight.close();
        tab.settlePart();
        tellFault(reason);
    }

    private void tellFault(Throwable reason) {
        switch (reason) {
            case RequestRefused refused -> tell(unanswered(), Ending.REFUSED, refused.code());
            case LimitReached limit -> tell(unanswered(), Ending.REFUSED, limit.code());
            case StoreUnavailable away -> tell(unanswered(), Ending.FAULT, away.code());
            default -> tell(unanswered(), Ending.FAULT, "internal_error");
        }
    }

    private TurnReport unanswered() {
        return account(turn.unanswered(tried, cache(), latencies(since(asked))));
    }

    private void tell(TurnReport report, Ending ending, @Nullable String error) {
        tell(report, ending, error, null);
    }

    private void tell(TurnReport report, Ending ending, @Nullable String error, @Nullable String finish) {
        if (told.compareAndSet(false, true)) {
            var request = turn.request();
            var ended = new EndedTurn(
                    clock.instant(), request.sender(), request.stream(), turn.route(), report, ending, error, finish);
            listeners.turns().forEach(each -> each.ended(ended));
        }
    }

    private TurnReport account(TurnReport report) {
        return cacheAway ? report.alsoWithout("cache") : report;
    }

    private CacheStatus cache() {
        return flight.status();
    }

    private Latencies latencies(long generation) {
        return new Latencies(queued.toMillis(), turn.context().retrievalMs(), generation, elapsedMs());
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
            var _ = store(dialogue, question());
            return null;
        } catch (StoreUnavailable e) {
            return e;
        }
    }

    private Appended store(Dialogue dialogue, List<Dated> said) {
        return listeners
                .tracing()
                .step(
                        Step.STORE,
                        () -> store.store(dialogue, said, turn.context().mode()));
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
