package io.perpetua.application.routing;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Standings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fake store kept honest by the contract, which can be away. Safe for concurrent use. */
public final class InMemoryStandings implements StandingStore {

    private Map<Intent, Standings> known = Map.of();
    private boolean away;
    private boolean full;

    /** From now on it does not answer, or it does again. */
    public synchronized void away(boolean is) {
        away = is;
    }

    /** From now on it has no room left, or it has again. */
    public synchronized void full(boolean is) {
        full = is;
    }

    @Override
    public synchronized Map<Intent, Standings> load() {
        requireThere();
        return known;
    }

    @Override
    public synchronized void learn(List<Learnt> outcomes, double forgetting) {
        requireThere();
        if (full) {
            throw new StoreUnavailable("full", new IllegalStateException(), true);
        }
        known = StandingStore.fold(known, outcomes, forgetting);
    }

    /** Adds what was learnt where nothing was yet; returns what was there, null where that was nothing. */
    public synchronized @Nullable Standings add(Intent intent, Standings standings) {
        requireThere();
        var more = new EnumMap<Intent, Standings>(Intent.class);
        more.putAll(known);
        var there = more.putIfAbsent(intent, standings);
        known = more;
        return there;
    }

    private void requireThere() {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }
}
