package io.perpetua.application.resilience;

import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which rungs may be asked, by what came of asking them. Driven port; nothing here waits or fails; safe for concurrent
 * use.
 *
 * <p>What decides is the kind of a failure. {@code UNAVAILABLE}, {@code TIMEOUT}, {@code MALFORMED} and {@code TRUNCATED}
 * count against the rung, and enough of them among its latest calls open its circuit for a while, after which one call at
 * a time may try whether it is well again. {@code RATE_LIMITED} lets the rung rest for as long as it asked for,
 * and so does {@code UNAVAILABLE} that asks for a rest.
 * {@code REFUSED_KEY} takes every rung of the provider out for long. Every other kind is the client's doing, or says
 * nothing about how the rung will do with the next request, and changes nothing.
 */
public interface Circuits {

    /** How a rung stands. */
    enum State {
        /** It is asked. */
        CLOSED,
        /** It has rested; one call at a time tries it. */
        HALF_OPEN,
        /** It failed too often. */
        OPEN,
        /** It limits how often it may be asked. */
        COOLING_DOWN,
        /** Its provider does not accept the key. */
        KEY_REFUSED;

        /** The word for it in answers and metrics. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a rung stands, and for how long if nothing happens.
     *
     * @param rest until it may be asked again; zero when it may be asked now, and where that is not a matter of time
     */
    record Condition(State state, Duration rest) {}

    /** Leave to ask {@code rung} once, now; null when it is not to be asked. A leave that is given must be settled. */
    @Nullable
    Leave ask(Rung rung);

    /** How {@code rung} stands. Asking changes nothing. */
    Condition condition(Rung rung);

    /** One call's leave. Safe for concurrent use; what is said after the first word counts as far as it makes sense. */
    interface Leave {

        /** The rung has begun to answer. */
        void answered();

        /** The rung failed; also after it had begun to answer. */
        void failed(ProviderFailure failure);

        /** Nothing came of it, by nobody's fault. */
        void forgone();
    }
}
