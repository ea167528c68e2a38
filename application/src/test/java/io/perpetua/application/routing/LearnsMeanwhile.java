package io.perpetua.application.routing;

import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Standings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store during whose every answer somebody learns something. */
final class LearnsMeanwhile implements StandingStore {

    private final StandingStore store;
    private final Learnt meanwhile;

    @Nullable
    LearnStandings learner;

    LearnsMeanwhile(StandingStore store, Learnt meanwhile) {
        this.store = store;
        this.meanwhile = meanwhile;
    }

    @Override
    public Map<Intent, Standings> load() {
        var loaded = store.load();
        learn();
        return loaded;
    }

    @Override
    public void learn(List<Learnt> outcomes, double forgetting) {
        store.learn(outcomes, forgetting);
        learn();
    }

    private void learn() {
        if (learner != null) {
            learner.learn(meanwhile);
        }
    }
}
