package io.perpetua.application.admission;

import java.time.Duration;

/** A request that is not served now, because too many others are. Trying again later helps. */
public final class Overloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why it is not served. */
    public enum Reason {
        /** As many wait as may. */
        QUEUE_FULL,
        /** It waited, and had to give way to a more urgent one, since no more may wait. */
        DISPLACED,
        /** As many of its user's wait as may. */
        USER_QUEUE_FULL,
        /** It waited as long as requests do. */
        QUEUE_TIMEOUT
    }

    private final Reason reason;
    private final transient QueueState queue; // nobody serialises it
    private final Duration retryAfter;

    /**
     * A refusal.
     *
     * @param queue how the queue was at that moment
     * @param retryAfter when trying again is likely to help
     */
    public Overloaded(Reason reason, QueueState queue, Duration retryAfter) {
        super(message(reason, queue));
        this.reason = reason;
        this.queue = queue;
        this.retryAfter = retryAfter;
    }

    private static String message(Reason reason, QueueState queue) {
        return switch (reason) {
            case QUEUE_FULL ->
                "the server is busy: " + queue.served() + " requests are being served and " + queue.waiting()
                        + " wait, of " + queue.policy().waiting() + " that may";
            case DISPLACED -> "the request gave way to a more urgent one while it waited; it was not served";
            case USER_QUEUE_FULL ->
                "too many requests of this user wait already: " + queue.policy().waitingPerUser() + " may";
            case QUEUE_TIMEOUT ->
                "the request waited for " + queue.policy().patience().toSeconds()
                        + " s without its turn having come; it was not served";
        };
    }

    public Reason reason() {
        return reason;
    }

    public QueueState queue() {
        return queue;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
