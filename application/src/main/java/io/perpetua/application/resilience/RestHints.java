package io.perpetua.application.resilience;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.resilience.Circuits.State;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rungs rest at the instances that share a store. Driven port; safe for concurrent use; not on any answer's way. */
public interface RestHints {

    /**
     * Tells the other instances which rungs rest here, and learns which rest there. Of what is told of one rung the
     * longest holds, until its end.
     *
     * @param teller this instance's name, unlike all others'
     * @param own what has been found out since the last time
     * @return what holds by others' word, each with what is left of its rest
     * @throws StoreUnavailable when the store does not answer
     */
    List<Hint> exchange(String teller, List<Hint> own);

    /**
     * A rung rests.
     *
     * @param model null for every rung of the provider
     * @param rest from now on, positive, to the millisecond
     */
    record Hint(String provider, @Nullable String model, State state, Duration rest) {}
}
