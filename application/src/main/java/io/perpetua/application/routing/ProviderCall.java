package io.perpetua.application.routing;

import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of a provider that is over. Calls whose client left are nobody's experience and none.
 *
 * @param intent of the request
 * @param failure why there was no answer, or no whole one; null when there was
 * @param took until it answered or failed; of a stream, until its first content
 * @param usage what the answer used, null after a failure
 * @param dollars what the answer cost, null when that is not known
 */
public record ProviderCall(
        Intent intent,
        Rung rung,
        @Nullable Kind failure,
        Duration took,
        @Nullable Usage usage,
        @Nullable Double dollars) {

    /** What it teaches about the rung; null when it says nothing about it, for it was the client's mistake. */
    public @Nullable Outcome outcome() {
        boolean clients =
                failure == Kind.BAD_REQUEST || failure == Kind.UNSUPPORTED || failure == Kind.CONTEXT_TOO_LONG;
        return clients ? null : new Outcome(failure == null, took.toNanos() / 1e9, dollars == null ? 0 : dollars);
    }

    /** Hears of calls when they are over. Quick, and never fails; safe for concurrent use. */
    public interface Listener {

        void over(ProviderCall call);
    }
}
