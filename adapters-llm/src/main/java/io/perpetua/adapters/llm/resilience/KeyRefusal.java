package io.perpetua.adapters.llm.resilience;

import java.time.Duration;
import java.time.Instant;

/** That a provider did not accept the key: it rests, then one call at a time tries it. Not safe for concurrent use. */
final class KeyRefusal {

    private final Instant until;
    private boolean tried;

    KeyRefusal(Instant until) {
        this.until = until;
    }

    Duration rest(Instant now) {
        return RungCircuit.rest(until, now);
    }

    boolean mayBeTried(Instant now) {
        return !tried && !now.isBefore(until);
    }

    void tried(boolean underWay) {
        tried = underWay;
    }
}
