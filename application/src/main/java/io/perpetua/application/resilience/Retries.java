package io.perpetua.application.resilience;

import io.perpetua.application.routing.ProviderFailure;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Tries again, a while later each time, what failed for the time being. Driven port; safe for concurrent use. */
public interface Retries {

    /**
     * What {@code attempt} returns, called again as long as it says that this may help and there are attempts left, and not
     * before the rest that it asks for.
     *
     * @throws MayPass the last one, when all were in vain; anything else that {@code attempt} throws, at once
     * @throws CancellationException when the caller is interrupted while it waits
     */
    <T> T retry(Supplier<T> attempt);

    /** An attempt failed in a way that may have passed a while later. */
    final class MayPass extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient ProviderFailure failure;
        private final Duration rest;

        /**
         * A failure of the time being.
         *
         * @param rest before that has passed another attempt is in vain
         */
        public MayPass(ProviderFailure failure, Duration rest) {
            super(failure.getMessage(), failure);
            this.failure = failure;
            this.rest = rest;
        }

        public Duration rest() {
            return rest;
        }

        public ProviderFailure failure() {
            return failure;
        }
    }
}
