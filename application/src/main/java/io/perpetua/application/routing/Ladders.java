package io.perpetua.application.routing;

import io.perpetua.application.routing.Models.Target;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** For each intent the models that may be asked, the preferred one first. Immutable; safe for concurrent use. */
public final class Ladders {

    private final Map<Intent, List<Target>> ladders;

    /**
     * Ladders as configured.
     *
     * @throws IllegalArgumentException when an intent has no ladder, or an empty one
     */
    public Ladders(Map<Intent, List<Target>> ladders) {
        this.ladders = new EnumMap<>(Intent.class);
        for (Intent intent : Intent.values()) {
            var ladder = ladders.getOrDefault(intent, List.of());
            if (ladder.isEmpty()) {
                throw new IllegalArgumentException("the ladder of " + intent.wire() + " has no rung");
            }
            this.ladders.put(intent, List.copyOf(new LinkedHashSet<>(ladder)));
        }
    }

    /** The ladder of {@code intent}, not empty. */
    public List<Target> of(Intent intent) {
        return ladders.getOrDefault(intent, List.of());
    }

    /** Whether {@code rung} is on the ladder of {@code intent}. */
    boolean has(Intent intent, Rung rung) {
        return of(intent).stream().anyMatch(target -> target.rung().equals(rung));
    }

    /** Every rung of every ladder, once. */
    public List<Target> all() {
        var all = new LinkedHashSet<Target>();
        ladders.values().forEach(all::addAll);
        return new ArrayList<>(all);
    }
}
