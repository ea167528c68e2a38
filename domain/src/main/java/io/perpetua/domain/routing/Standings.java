package io.perpetua.domain.routing;

import java.util.Comparator;
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

    private static final Comparator<Map.Entry<Rung, Standing>> NEWEST_FIRST =
            Comparator.comparingLong(entry -> -entry.getValue().seen());

    public Standings {
        byRung = Map.copyOf(byRung);
    }

    /** With one outcome of {@code rung} more; the newest counts {@code forgetting} of its means. */
    public Standings with(Rung rung, Outcome outcome, double forgetting) {
        var more = new HashMap<>(byRung);
        more.put(rung, of(rung).with(outcome, forgetting, outcomes + 1));
        return new Standings(more, outcomes + 1);
    }

    /** Without the rungs that changed longest ago, where there are more than {@code most}. */
    public Standings newest(int most) {
        if (byRung.size() <= most) {
            return this;
        }
        var newest = new HashMap<Rung, Standing>();
        byRung.entrySet().stream()
                .sorted(NEWEST_FIRST)
                .limit(most)
                .forEach(entry -> newest.put(entry.getKey(), entry.getValue()));
        return new Standings(newest, outcomes);
    }

    /** How {@code rung} stands. */
    public Standing of(Rung rung) {
        return byRung.getOrDefault(rung, Standing.UNKNOWN);
    }
}
