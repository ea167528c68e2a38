package io.perpetua.adapters.llm.resilience;

import io.micronaut.context.annotation.Value;
import io.perpetua.application.resilience.Retries;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link Retries} by the framework's retry module, which knows how often and how long to pause but not when it has all
 * taken too long: no attempt begins later than {@code perpetua.retries.within} after the first. An interrupted caller
 * stays interrupted. Safe for concurrent use.
 */
@Singleton
final class BackedOffRetries implements Retries {

    private final RetryAttempts attempts;
    private final long withinNanos;
    private final LongSupplier nanos;
    private final Pause pause;

    @Inject
    BackedOffRetries(RetryAttempts attempts, @Value("${perpetua.retries.within:30s}") Duration within) {
        this(attempts, within, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    BackedOffRetries(RetryAttempts attempts, Duration within, LongSupplier nanos, Pause pause) {
        this.attempts = attempts;
        withinNanos = within.toNanos();
        this.nanos = nanos;
        this.pause = pause;
    }

    /** How a thread waits for so many nanoseconds. */
    interface Pause {

        void sleep(long nanos) throws InterruptedException;
    }

    @Override
    public <T> T retry(Supplier<T> attempt) {
        try {
            return attempts.make(new InTime<>(attempt));
        } catch (TooLate e) {
            throw e.last;
        } catch (MayPass e) {
            // Interrupted in a pause, the framework throws the failure before it, and sets the interrupt again.
            if (Thread.currentThread().isInterrupted()) {
                throw cancelled(e);
            }
            throw e;
        }
    }

    private static CancellationException cancelled(MayPass last) {
        var cancelled = new CancellationException("interrupted before another attempt");
        cancelled.initCause(last);
        return cancelled;
    }

    /** One call's attempts, which end when they have taken too long. */
    private final class InTime<T> implements Supplier<T> {

        private final Supplier<T> attempt;
        private final long began = nanos.getAsLong();
        private @Nullable MayPass last;
        /** When another attempt makes sense. */
        private long soonest;

        private InTime(Supplier<T> attempt) {
            this.attempt = attempt;
        }

        @Override
        public T get() {
            if (last != null) {
                rest(last);
            }
            try {
                return attempt.get();
            } catch (MayPass e) {
                last = e;
                soonest = nanos.getAsLong() + e.rest().toNanos();
                requireTime(e, soonest);
                throw e;
            }
        }

        /** What is left of the rest once the framework has paused. */
        private void rest(MayPass failure) {
            long now = nanos.getAsLong();
            requireTime(failure, now);
            try {
                if (soonest > now) {
                    pause.sleep(soonest - now);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw cancelled(failure);
            }
        }

        private void requireTime(MayPass failure, long moment) {
            if (moment - began >= withinNanos) {
                throw new TooLate(failure);
            }
        }
    }

    /** Passes the framework by, which would make another attempt. */
    private static final class TooLate extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final MayPass last;

        private TooLate(MayPass last) {
            super(null, last, false, false);
            this.last = last;
        }
    }
}
