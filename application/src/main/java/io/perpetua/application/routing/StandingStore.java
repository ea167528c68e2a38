package io.perpetua.application.routing;

import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.util.List;
import java.util.Map;

/**
 * What has been learnt of the rungs, shared between everyone who learns. Driven port; safe for concurrent use; not on any
 * answer's way. Every method throws {@link io.perpetua.application.StoreUnavailable} when the store does not answer.
 */
public interface StandingStore {

    /** What everyone has learnt, by intent; intents of which nothing is known are missing. */
    Map<Intent, Standings> load();

    /**
     * Adds outcomes, in order, to what everyone has learnt: all of them or, when it fails, none.
     *
     * @param forgetting how much the newest outcome counts, in (0, 1]
     */
    void learn(List<Learnt> outcomes, double forgetting);

    /** What came of asking a rung for an answer to a request of an intent. */
    record Learnt(Intent intent, Rung rung, Outcome outcome) {}
}
