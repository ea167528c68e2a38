package io.perpetua.domain.routing;

import java.util.HashMap;
import java.util.Map;

/**
 * What has been learnt of every rung for one intent. Immutable.
 *
 * @param byRung how each rung stands; those never asked are missing
 * @param outcomes how many outcomes of the intent there have been, of all rungs
 */
public record Standings(Map<Rung, Standing> byRung, long outcomes) {

    /** Before anything was learnt. */
    public static final Standings NONE = new Standings(Map.of(), 0);

    public Standings {
        byRung = Map.copyOf(byRung);
    }

    /** With one outcome of {@code rung} more; the newest counts {@code forgetting} of its means. */
    public Standings with(Rung rung, Outcome outcome, double forgetting) {
        var more = new HashMap<>(byRung);
        more.put(rung, of(rung).with(outcome, forgetting, outcomes + 1));
        return new Standings(more, outcomes + 1);
    }

    /** How {@code rung} stands. */
    public Standing of(Rung rung) {
        return byRung.getOrDefault(rung, Standing.UNKNOWN);
    }
}
