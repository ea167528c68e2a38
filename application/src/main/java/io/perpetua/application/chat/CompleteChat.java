package io.perpetua.application.chat;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.access.LimitReached;
import io.perpetua.application.access.MeterCalls;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.application.admission.Overloaded;
import io.perpetua.application.cache.Flight;
import io.perpetua.application.cache.Lookup;
import io.perpetua.application.cache.ReuseAnswers;
import io.perpetua.application.cache.ReuseAnswers.Asked;
import io.perpetua.application.chat.ChatAnswer.Streamed;
import io.perpetua.application.chat.ChatAnswer.Whole;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Retries;
import io.perpetua.application.resilience.Retries.MayPass;
import io.perpetua.application.routing.ProviderCall;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.tracing.Tracing.Step;
import io.perpetua.domain.tokens.TokenCounter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Use case: answer one chat request and remember the turn. Safe for concurrent use. */
public final class CompleteChat {

    private final Gate gate;
    private final PrepareTurn prepare;
    private final StoreTurns store;
    private final ReuseAnswers answers;
    private final @Nullable AnswerLocally local;
    private final Asking asking;
    private final Listeners listeners;
    private final TokenCounter counter;
    private final InstantSource clock;
    private final LongSupplier nanos;

    /**
     * Who is served, and when.
     *
     * @param meter counts what callers use
     * @param usualAnswer tokens that an answer is counted for until it is there, where the request sets no bound
     */
    public record Gate(AdmitRequests admission, MeterCalls meter, int usualAnswer) {}

    /**
     * How providers are asked.
     *
     * @param rungPatience how long a rung is waited for as long as there is another below it
     * @param tool what models are lent to have commands run, null for nothing
     */
    public record Asking(
            Circuits circuits,
            Retries retries,
            Duration rungPatience,
            @Nullable CommandTool tool) {

        /** Without a tool. */
        public Asking(Circuits circuits, Retries retries, Duration rungPatience) {
            this(circuits, retries, rungPatience, null);
        }
    }

    /**
     * Who is told.
     *
     * @param calls hear of every call to a provider
     * @param turns hear of every turn that is over
     * @param tracing follows the steps of every turn
     */
    public record Listeners(List<ProviderCall.Listener> calls, List<EndedTurn.Listener> turns, Tracing tracing) {

        public Listeners {
            calls = List.copyOf(calls);
            turns = List.copyOf(turns);
        }
    }

    /**
     * Answers what {@code prepare} has prepared.
     *
     * @param gate lets requests in
     * @param answers gives again what was given to an identical request
     * @param local answers what is for this machine and no model, null where there is nothing to look at
     * @param counter counts an answer whose provider does not say what it used
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     */
    public CompleteChat(
            Gate gate,
            PrepareTurn prepare,
            StoreTurns store,
            ReuseAnswers answers,
            @Nullable AnswerLocally local,
            Asking asking,
            Listeners listeners,
            TokenCounter counter,
            InstantSource clock,
            LongSupplier nanos) {
        this.gate = gate;
        this.prepare = prepare;
        this.store = store;
        this.answers = answers;
        this.local = local;
        this.asking = asking;
        this.listeners = listeners;
        this.counter = counter;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Answers a request. A streamed answer is returned once its first content has come; it holds its place among those that
     * are served until it is closed.
     *
     * @param cancellation tells when the client has left
     * @throws RequestRefused when the request cannot be served as it is
     * @throws Overloaded when too many others are served
     * @throws LimitReached when its caller has used what it may
     * @throws ChatFailed when nobody answered; the user's turn is kept
     * @throws CancellationException when the client has left; the user's turn is kept if it had been let in
     */
    public ChatAnswer complete(ChatRequest request, Cancellation cancellation) {
        long start = nanos.getAsLong();
        var sender = request.sender();
        var place = listeners
                .tracing()
                .step(
                        Step.ADMISSION,
                        () -> gate.admission.enter(sender.visitor(), sender.priority(), cancellation::whileWaiting));
        boolean held = false;
        try {
            var answer = admitted(bounded(request), cancellation, start, place.waited());
            if (answer instanceof Streamed(var report, var stream)) {
                held = true;
                return new Streamed(report, new HeldStream(stream, place));
            }
            return answer;
        } finally {
            if (!held) {
                place.close();
            }
        }
    }

    /** What a budget pays has a bound, or nothing could be reserved. */
    private ChatRequest bounded(ChatRequest request) {
        Integer longest = gate.meter.longestAnswer(request.sender().caller());
        return longest == null || request.longestAnswer() != null ? request : request.boundedBy(longest);
    }

    private ChatAnswer admitted(ChatRequest request, Cancellation cancellation, long start, Duration queued) {
        var tool = asking.tool();
        var offered = tool == null ? request : tool.offered(request);
        var turn = listeners.tracing().step(Step.CONTEXT, () -> prepare.prepare(offered));
        var tab = tab(turn);
        var recorder = new TurnRecorder(turn, tab, store, counter, clock, nanos, start, queued, listeners);
        try {
            return answer(request, turn, tab, recorder, cancellation);
        } catch (CancellationException e) {
            recorder.abandoned();
            throw e;
        } catch (RuntimeException | Error e) {
            recorder.gaveUp(e);
            throw e;
        }
    }

    private ChatAnswer answer(
            ChatRequest sent, PreparedTurn turn, Tab tab, TurnRecorder recorder, Cancellation cancellation) {
        var request = turn.request();
        var locally = local == null || !sent.takesPlainText() ? null : local.answer(turn, cancellation);
        if (locally != null) {
            return request.stream() ? streamed(turn, locally, recorder) : whole(locally, recorder);
        }
        var asked = new Asked(
                request.scope(),
                request.model(),
                request.parameters(),
                turn.context().messages());
        var answering = switch (answers.look(asked, request.cache(), cancellation::whileWaiting)) {
            case Lookup.Hit(var kept, var away) -> {
                recorder.holds(Flight.ARRIVED, away);
                yield CachedAnswering.of(answers.replay(kept, request.stream()), kept.provider(), kept.model());
            }
            case Lookup.Ask(var flight, var away) -> {
                recorder.holds(flight, away);
                yield request.parameters().equals(sent.parameters())
                        ? asked(turn, tab, recorder, cancellation)
                        : askedWithTool(turn, tab, recorder, cancellation);
            }
        };
        return request.stream() ? streamed(turn, answering, recorder) : whole(answering, recorder);
    }

    private Answering asked(PreparedTurn turn, Tab tab, TurnRecorder recorder, Cancellation cancellation) {
        var attempts = new ArrayList<Attempt>();
        try {
            return climbed(turn, attempts, tab, cancellation);
        } catch (ProviderFailure failure) {
            throw recorder.failed(failure, attempts);
        } catch (CancellationException e) {
            recorder.tried(attempts);
            throw e;
        }
    }

    private Answering askedWithTool(PreparedTurn turn, Tab tab, TurnRecorder recorder, Cancellation cancellation) {
        var tool = Objects.requireNonNull(asking.tool());
        var attempts = new ArrayList<Attempt>();
        try {
            return ToolRounds.begin(
                    tool,
                    turn,
                    attempts,
                    (next, failed) -> climbed(next, failed, tab, cancellation),
                    tab,
                    counter,
                    nanos,
                    cancellation);
        } catch (ProviderFailure failure) {
            throw recorder.failed(failure, attempts);
        } catch (CancellationException e) {
            recorder.tried(attempts);
            throw e;
        }
    }

    /** Whoever answers; where nobody does, all who were asked are added to {@code attempts}. */
    private Answering climbed(PreparedTurn turn, List<Attempt> attempts, Tab tab, Cancellation cancellation) {
        var climb =
                new Climb(turn, tab, asking.circuits(), asking.rungPatience(), listeners.calls(), cancellation, nanos);
        try {
            return cancellation.whileWaiting(() -> asking.retries().retry(climb::pass));
        } catch (MayPass inVain) {
            attempts.addAll(climb.attempts());
            throw inVain.failure();
        } catch (ProviderFailure | CancellationException e) {
            attempts.addAll(climb.attempts());
            throw e;
        }
    }

    private Tab tab(PreparedTurn turn) {
        var request = turn.request();
        return new Tab(
                gate.meter,
                request.sender(),
                request.stream(),
                turn.context().tokens().sent(),
                Prompts.most(turn),
                request.mostGenerated(gate.usualAnswer));
    }

    private static ChatAnswer whole(Answering answering, TurnRecorder recorder) {
        try (var _ = answering.reply()) {
            if (!(answering.first().getLast() instanceof Event.Done(var answer)) || answer.body() == null) {
                throw new IllegalStateException("an answer in one piece without a body");
            }
            return new Whole(answer.body(), recorder.answered(answering, answer));
        }
    }

    private static ChatAnswer streamed(PreparedTurn turn, Answering answering, TurnRecorder recorder) {
        return new Streamed(
                recorder.begun(answering),
                new TurnStream(answering, recorder, turn.request().wantsUsage()));
    }
}
