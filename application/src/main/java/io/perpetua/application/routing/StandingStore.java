package io.perpetua.application.routing;

import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What has been learnt of the rungs, shared between everyone who learns. Driven port; safe for concurrent use; not on any
 * answer's way. Every method throws {@link io.perpetua.application.StoreUnavailable} when the store does not answer.
 */
public interface StandingStore {

    /** Most rungs that are kept of an intent; those that were seen longest ago go. */
    int MOST_RUNGS = 1_000;

    /** What everyone has learnt, by intent; intents of which nothing is known are missing. */
    Map<Intent, Standings> load();

    /**
     * Adds outcomes, in order, to what everyone has learnt: all of them or, when it fails, none.
     *
     * @param forgetting how much the newest outcome counts, in (0, 1]
     */
    void learn(List<Learnt> outcomes, double forgetting);

    /** What {@code before} becomes by {@code outcomes}, in order; intents that they do not name are as they were. */
    static Map<Intent, Standings> fold(Map<Intent, Standings> before, List<Learnt> outcomes, double forgetting) {
        var after = new EnumMap<Intent, Standings>(Intent.class);
        after.putAll(before);
        for (Learnt learnt : outcomes) {
            var known = after.getOrDefault(learnt.intent(), Standings.NONE);
            after.put(learnt.intent(), known.with(learnt.rung(), learnt.outcome(), forgetting));
        }
        after.replaceAll((intent, standings) -> standings.newest(MOST_RUNGS));
        return after;
    }

    /** What came of asking a rung for an answer to a request of an intent. */
    record Learnt(Intent intent, Rung rung, Outcome outcome) {}
}
