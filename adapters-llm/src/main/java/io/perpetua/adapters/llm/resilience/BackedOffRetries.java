package io.perpetua.adapters.llm.resilience;

import io.micronaut.context.annotation.Value;
import io.perpetua.application.resilience.Retries;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CancellationException;
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

    @Inject
    BackedOffRetries(RetryAttempts attempts, @Value("${perpetua.retries.within:30s}") Duration within) {
        this(attempts, within, System::nanoTime);
    }

    BackedOffRetries(RetryAttempts attempts, Duration within, LongSupplier nanos) {
        this.attempts = attempts;
        withinNanos = within.toNanos();
        this.nanos = nanos;
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

        private InTime(Supplier<T> attempt) {
            this.attempt = attempt;
        }

        @Override
        public T get() {
            if (last != null) {
                requireTime(last);
            }
            try {
                return attempt.get();
            } catch (MayPass e) {
                last = e;
                requireTime(e);
                throw e;
            }
        }

        private void requireTime(MayPass failure) {
            if (nanos.getAsLong() - began >= withinNanos) {
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
