package io.perpetua.application.admission;

import io.perpetua.application.Waiting;
import io.perpetua.application.admission.Overloaded.Reason;
import io.perpetua.domain.admission.AdmissionPolicy;
import io.perpetua.domain.admission.FairQueue;
import io.perpetua.domain.admission.FairQueue.Arrival;
import io.perpetua.domain.admission.FairQueue.Ticket;
import io.perpetua.domain.admission.Priority;
import io.perpetua.domain.admission.Visitor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Use case: let a request in when its turn comes, by a {@link FairQueue}. Safe for concurrent use; who waits does so on
 * its own thread, which should be a virtual one.
 */
public final class AdmitRequests {

    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);
    private static final Duration MOST_RETRY = Duration.ofMinutes(1);

    /** How much the latest request's time counts in the mean by which waiting times are guessed. */
    private static final double NEWEST = 0.05;

    private final AdmissionPolicy policy;
    private final LongSupplier nanos;
    private final FairQueue queue;
    private final AdmissionListener listener;
    /** Those who wait, and what tells them that their turn has come, or that it will not. */
    private final Map<Ticket, CompletableFuture<Place>> turns = new HashMap<>();

    private double meanNanos = Duration.ofSeconds(1).toNanos();

    /**
     * Lets requests in by {@code policy}.
     *
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     * @param listener is told, partly while others wait for the queue
     */
    public AdmitRequests(AdmissionPolicy policy, LongSupplier nanos, AdmissionListener listener) {
        this.policy = policy;
        this.nanos = nanos;
        this.queue = new FairQueue(policy);
        this.listener = listener;
    }

    /**
     * Returns when the request may be served.
     *
     * @param waiting how to wait for that, if need be
     * @throws Overloaded at once when too many wait already, or when its turn has not come in time
     * @throws CancellationException when the client leaves while it waits
     */
    public Place enter(Visitor visitor, Priority priority, Waiting waiting) {
        var ticket = new Ticket(visitor, priority, nanos.getAsLong());
        var turn = arrive(ticket);
        var place = turn == null ? new Held(ticket, ticket.arrived()) : await(ticket, turn, waiting);
        listener.admitted(place.waited());
        return place;
    }

    /** How the queue is now. */
    public synchronized QueueState state() {
        return new QueueState(queue.served(), queue.waiting(), policy);
    }

    /** What is completed when the request's turn comes, or fails when it will not; null when it has come. */
    private synchronized @Nullable CompletableFuture<Place> arrive(Ticket ticket) {
        return switch (queue.arrive(ticket, ticket.arrived())) {
            case Arrival.Served() -> {
                changed();
                yield null;
            }
            case Arrival.Waits(var displaced) -> {
                if (displaced != null) {
                    turn(displaced).completeExceptionally(refuse(Reason.DISPLACED));
                }
                var turn = new CompletableFuture<Place>();
                turns.put(ticket, turn);
                changed();
                yield turn;
            }
            case Arrival.UserFull() -> throw refuse(Reason.USER_QUEUE_FULL);
            case Arrival.Full() -> throw refuse(Reason.QUEUE_FULL);
        };
    }

    private Place await(Ticket ticket, CompletableFuture<Place> turn, Waiting waiting) {
        try {
            return waiting.until(() -> decision(ticket, turn));
        } catch (CancellationException left) {
            giveUp(ticket, () -> left);
            if (turn.state() == Future.State.SUCCESS) { // its turn had just come
                turn.resultNow().close();
            }
            throw left;
        }
    }

    private Place decision(Ticket ticket, CompletableFuture<Place> turn) {
        try {
            return turn.get(policy.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(ticket, () -> refuse(Reason.QUEUE_TIMEOUT));
            return told(turn); // its turn may have come at the last moment
        } catch (ExecutionException e) {
            return told(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for its turn");
        }
    }

    /** What is known of a turn that is decided. */
    private static Place told(CompletableFuture<Place> turn) {
        return switch (turn.state()) {
            case SUCCESS -> turn.resultNow();
            case FAILED, CANCELLED, RUNNING -> throw (RuntimeException) turn.exceptionNow();
        };
    }

    /** Decides the turn of one that does not wait any longer, unless it is decided. */
    private synchronized void giveUp(Ticket ticket, Supplier<RuntimeException> why) {
        if (queue.withdraw(ticket)) {
            turn(ticket).completeExceptionally(why.get());
            changed();
        }
    }

    private synchronized void leave(Ticket ticket, long served) {
        meanNanos += NEWEST * (served - meanNanos);
        long now = nanos.getAsLong();
        for (var next : queue.leave(ticket, now)) {
            turn(next).complete(new Held(next, now));
        }
        changed();
    }

    private void changed() {
        listener.changed(queue.served(), queue.waiting());
    }

    private CompletableFuture<Place> turn(Ticket ticket) {
        return Objects.requireNonNull(turns.remove(ticket));
    }

    private Overloaded refuse(Reason reason) {
        listener.refused(reason);
        return new Overloaded(reason, state(), retryAfter());
    }

    /** When all who wait now have probably been served. */
    private Duration retryAfter() {
        var guess = Duration.ofNanos((long) ((queue.waiting() + 1) * meanNanos / policy.atOnce()));
        return guess.compareTo(LEAST_RETRY) < 0 ? LEAST_RETRY : guess.compareTo(MOST_RETRY) > 0 ? MOST_RETRY : guess;
    }

    /** A request that is being served. */
    private final class Held implements Place {

        private final Ticket ticket;
        private final long since;
        private final AtomicBoolean given = new AtomicBoolean();

        Held(Ticket ticket, long since) {
            this.ticket = ticket;
            this.since = since;
        }

        @Override
        public Duration waited() {
            return Duration.ofNanos(since - ticket.arrived());
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                leave(ticket, nanos.getAsLong() - since);
            }
        }
    }
}
