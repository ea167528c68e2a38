package io.perpetua.adapters.llm.resilience;

import io.micronaut.retry.annotation.Retryable;
import io.perpetua.application.resilience.Retries.MayPass;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * The attempts that the framework makes: pauses of 1 s, 2 s and 4 s between them as configured by default, each a random
 * half shorter to a half longer, so that those who failed together do not come back together.
 */
@Singleton
@Retryable(
        includes = MayPass.class,
        attempts = "${perpetua.retries.attempts:3}",
        delay = "${perpetua.retries.delay:1s}",
        multiplier = "2.0",
        jitter = "0.5")
class RetryAttempts { // not final: the framework makes a subclass of it

    <T> T make(Supplier<T> attempt) {
        return attempt.get();
    }
}
