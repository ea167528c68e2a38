package io.perpetua.application.resilience;

import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Circuits that stand as a test says, and tell how leaves were settled. Safe for concurrent use. */
public final class ScriptedCircuits implements Circuits {

    private final Map<Rung, Condition> conditions = new HashMap<>();
    private final Map<Rung, Condition> afterwards = new HashMap<>();
    private final List<String> settled = new ArrayList<>();

    /** From now on {@code rung} is not asked. */
    public synchronized void rest(Rung rung, State state, Duration rest) {
        conditions.put(rung, new Condition(state, rest));
    }

    /** From now on {@code rung} is asked once more, and not after that. */
    public synchronized void restAfterwards(Rung rung, State state, Duration rest) {
        afterwards.put(rung, new Condition(state, rest));
    }

    /** How leaves were settled, in order: the rung's name, and {@code answered}, {@code forgone} or the failure's kind. */
    public synchronized List<String> settled() {
        return List.copyOf(settled);
    }

    @Override
    public synchronized @Nullable Leave ask(Rung rung) {
        return condition(rung).state() == State.CLOSED ? new Given(rung) : null;
    }

    @Override
    public synchronized Condition condition(Rung rung) {
        return conditions.getOrDefault(rung, new Condition(State.CLOSED, Duration.ZERO));
    }

    private synchronized void settle(Rung rung, String how) {
        settled.add(rung.id() + " " + how);
        if (afterwards.containsKey(rung)) {
            conditions.put(rung, afterwards.remove(rung));
        }
    }

    private final class Given implements Leave {

        private final Rung rung;

        Given(Rung rung) {
            this.rung = rung;
        }

        @Override
        public void answered() {
            settle(rung, "answered");
        }

        @Override
        public void failed(ProviderFailure failure) {
            settle(rung, failure.kind().wire());
        }

        @Override
        public void forgone() {
            settle(rung, "forgone");
        }
    }
}
