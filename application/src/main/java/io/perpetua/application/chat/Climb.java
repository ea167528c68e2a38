package io.perpetua.application.chat;

import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Circuits.Condition;
import io.perpetua.application.resilience.Circuits.Leave;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.resilience.Retries.MayPass;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.Models.Target;
import io.perpetua.application.routing.ProviderCall;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.application.routing.ProviderReply;
import io.perpetua.application.routing.ProviderReply.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/*
 * What a failure means for the way down:
 *
 *   BAD_REQUEST       the request is at fault: nobody else is asked
 *   CONTEXT_TOO_LONG  only rungs with a larger window are asked from now on
 *   any other         the next rung is asked
 *
 * Whether the whole way is worth another try a while later depends on the failures, and on when a rung may be asked
 * again. Where all circuits are open nothing is waited for: that is what they are open for.
 */
/** One request on its way down its route, until a rung has begun to answer. Not safe for concurrent use. */
final class Climb {

    /** A rung that rests for longer is not waited for. */
    private static final Duration WORTH_WAITING = Duration.ofSeconds(8);

    private final PreparedTurn turn;
    private final Tab tab;
    private final Circuits circuits;
    private final Duration patience;
    private final List<ProviderCall.Listener> listeners;
    private final Cancellation cancellation;
    private final LongSupplier nanos;
    private final List<Attempt> attempts = new ArrayList<>();
    /** The largest window that was too small. */
    private int tooSmall;

    /**
     * A way down the turn's route.
     *
     * @param tab pays for the calls
     * @param patience how long a rung is waited for as long as there is another below it
     * @param listeners hear of every call
     * @param cancellation closes the answer that is awaited
     */
    Climb(
            PreparedTurn turn,
            Tab tab,
            Circuits circuits,
            Duration patience,
            List<ProviderCall.Listener> listeners,
            Cancellation cancellation,
            LongSupplier nanos) {
        this.turn = turn;
        this.tab = tab;
        this.circuits = circuits;
        this.patience = patience;
        this.listeners = listeners;
        this.cancellation = cancellation;
        this.nanos = nanos;
    }

    /** Everyone who was asked in vain, in order, and everyone who was not to be asked. */
    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /**
     * Goes down the route once.
     *
     * @throws MayPass when nobody answered, and somebody may a while later
     * @throws ProviderFailure when nobody answered, and that is how it is
     * @throws CancellationException when the caller is interrupted
     */
    Answering pass() {
        ProviderFailure failed = null;
        ProviderFailure resting = null;
        boolean passing = false;
        for (Target target : turn.route().rungs()) {
            if (target.model().contextWindow() <= tooSmall) {
                continue;
            }
            var leave = circuits.ask(target.rung());
            if (leave == null) {
                var condition = circuits.condition(target.rung());
                note(target, condition.state().wire(), 0);
                resting = sooner(resting, resting(target, condition));
                passing |= condition.state() == State.COOLING_DOWN || condition.state() == State.HALF_OPEN;
                continue;
            }
            try {
                return ask(target, leave);
            } catch (ProviderFailure failure) {
                if (failure.kind() == Kind.BAD_REQUEST) {
                    throw failure;
                }
                if (failure.kind() == Kind.CONTEXT_TOO_LONG) {
                    tooSmall = Math.max(tooSmall, target.model().contextWindow());
                }
                passing |= failure.kind().mayPass();
                failed = weightier(failed, failure);
            }
        }
        var last = failed == null ? resting : failed;
        if (last == null) {
            throw new IllegalStateException("a route to nobody");
        }
        var soonest = soonest();
        throw passing && soonest.compareTo(WORTH_WAITING) <= 0 ? new MayPass(last, soonest) : last;
    }

    /** The failure to be told: that a rung cannot serve such requests says less than what came of one that can. */
    private static ProviderFailure weightier(@Nullable ProviderFailure before, ProviderFailure failure) {
        boolean unfit = failure.kind() == Kind.UNKNOWN_MODEL || failure.kind() == Kind.UNSUPPORTED;
        return before == null || !unfit ? failure : before;
    }

    /** The one that is to be asked before the other. */
    private static ProviderFailure sooner(@Nullable ProviderFailure before, ProviderFailure other) {
        return before == null || rest(other).compareTo(rest(before)) < 0 ? other : before;
    }

    private static Duration rest(ProviderFailure resting) {
        return Objects.requireNonNullElse(resting.retryAfter(), Duration.ZERO);
    }

    private Answering ask(Target target, Leave leave) {
        long start = nanos.getAsLong();
        ProviderReply reply = null;
        try {
            tab.open(target);
            reply = target.provider().ask(request(target));
            cancellation.endsBy(reply::close);
            var first = untilItSpeaks(reply);
            leave.answered();
            boolean fallback = !target.equals(turn.route().first());
            return new RungAnswering(
                    turn.route().intent(),
                    target,
                    reply,
                    first,
                    leave,
                    start,
                    since(start),
                    attempts(),
                    fallback,
                    listeners);
        } catch (ProviderFailure failure) {
            close(reply);
            if (Thread.currentThread().isInterrupted()) { // whose connection breaks by that, and by nobody's fault
                leave.forgone();
                note(target, Attempt.CANCELLED, since(start).toMillis());
                throw cancelled(failure);
            }
            leave.failed(failure);
            tab.failed(failure);
            var took = since(start);
            note(target, failure.kind().wire(), took.toMillis());
            var call = new ProviderCall(turn.route().intent(), target.rung(), failure.kind(), took, null, null);
            listeners.forEach(listener -> listener.over(call));
            throw failure;
        } catch (CancellationException e) {
            close(reply);
            leave.forgone();
            note(target, Attempt.CANCELLED, since(start).toMillis());
            throw e;
        } catch (RuntimeException | Error e) {
            close(reply);
            leave.forgone();
            throw e;
        } finally {
            cancellation.endsBy(null);
        }
    }

    private static CancellationException cancelled(ProviderFailure failure) {
        var cancelled = new CancellationException("interrupted while asking " + failure.provider());
        cancelled.initCause(failure);
        return cancelled;
    }

    private ProviderRequest request(Target target) {
        String model = target.model().name();
        var messages = turn.context().messages();
        var request = turn.request();
        return isLast(target)
                ? new ProviderRequest(model, messages, request.parameters(), request.stream())
                : new ProviderRequest(model, messages, request.parameters(), request.stream(), patience);
    }

    /** Whether nobody below {@code target} is to be asked, as it looks now. */
    private boolean isLast(Target target) {
        var rungs = turn.route().rungs();
        return rungs.subList(rungs.indexOf(target) + 1, rungs.size()).stream()
                .filter(rung -> rung.model().contextWindow() > tooSmall)
                .noneMatch(rung -> circuits.condition(rung.rung()).state() == State.CLOSED);
    }

    /** When somebody may be asked again. */
    private Duration soonest() {
        return turn.route().rungs().stream()
                .filter(rung -> rung.model().contextWindow() > tooSmall)
                .map(rung -> circuits.condition(rung.rung()).rest())
                .min(Duration::compareTo)
                .orElse(WORTH_WAITING.plus(WORTH_WAITING));
    }

    private void note(Target target, String outcome, long latencyMs) {
        attempts.add(new Attempt(target.model().provider(), target.model().name(), outcome, latencyMs));
    }

    /** Why a rung that was not asked does not answer. */
    private static ProviderFailure resting(Target target, Condition condition) {
        var kind = switch (condition.state()) {
            case COOLING_DOWN -> Kind.RATE_LIMITED;
            case KEY_REFUSED -> Kind.REFUSED_KEY;
            case OPEN, HALF_OPEN, CLOSED -> Kind.UNAVAILABLE;
        };
        return new ProviderFailure(
                kind,
                target.model().provider(),
                target.model().id() + " is not asked for now, after what became of the latest calls ("
                        + condition.state().wire() + ")",
                0,
                condition.rest(),
                null,
                null);
    }

    private static Deque<Event> untilItSpeaks(ProviderReply reply) {
        var first = new ArrayDeque<Event>();
        Event event = null;
        while (event == null
                || (event instanceof Event.Chunk(var json, var kind) && kind == ProviderReply.Kind.PREAMBLE)) {
            event = reply.next(TurnStream.FOREVER);
            if (event != null) {
                first.add(event);
            }
        }
        return first;
    }

    private static void close(@Nullable ProviderReply reply) {
        if (reply != null) {
            reply.close();
        }
    }

    private Duration since(long moment) {
        return Duration.ofNanos(nanos.getAsLong() - moment);
    }
}
