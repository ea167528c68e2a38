package io.perpetua.application.resilience;

import io.perpetua.application.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fake store kept honest by the contract, which can be away. Safe for concurrent use. */
public final class InMemoryRestHints implements RestHints {

    private record Told(String teller, Hint hint, Instant until) {}

    private final Map<List<Object>, Told> all = new HashMap<>();
    private final InstantSource clock;
    private boolean away;

    public InMemoryRestHints(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on it does not answer, or it does again. */
    public synchronized void away(boolean is) {
        away = is;
    }

    @Override
    public synchronized List<Hint> exchange(String teller, List<Hint> own) {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
        var now = clock.instant();
        for (Hint hint : own) {
            all.merge(
                    List.of(hint.provider(), String.valueOf(hint.model())),
                    new Told(teller, hint, now.plus(hint.rest())),
                    (before, told) -> before.until.isBefore(told.until) ? told : before);
        }
        all.values().removeIf(told -> !now.isBefore(told.until));
        return all.values().stream()
                .filter(told -> !told.teller.equals(teller))
                .map(told -> new Hint(
                        told.hint.provider(), told.hint.model(), told.hint.state(), Duration.between(now, told.until)))
                .toList();
    }
}
