package io.perpetua.application.routing;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.routing.StandingStore.Learnt;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Standings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/*
 * What is learnt counts here at once, and waits for the store. An exchange hands over what waits, takes what everyone has
 * learnt instead of what was known here, and adds what came meanwhile. So learners over one store agree as soon as each
 * has exchanged after the last outcome, whatever order they learnt in.
 */
/**
 * Use case: learn how the rungs of each intent do, together with everyone who shares the store. Safe for concurrent use;
 * asking and learning never wait for the store.
 */
public final class LearnStandings implements ProviderCall.Listener {

    /** Most outcomes that wait for the store; the oldest go, as they count least. */
    static final int MOST_WAITING = 10_000;

    private final StandingStore store;
    private final double forgetting;

    /** Held by the one who exchanges; taken before this object's own monitor, which is never held for long. */
    private final Object exchanging = new Object();

    private final Deque<Learnt> waiting = new ArrayDeque<>();
    private long dropped;

    /** Replaced as a whole, never changed. */
    private volatile Map<Intent, Standings> known = Map.of();

    /**
     * Learns for {@code store}.
     *
     * @param forgetting how much the newest outcome counts, in (0, 1]
     */
    public LearnStandings(StandingStore store, double forgetting) {
        if (!(forgetting > 0 && forgetting <= 1)) {
            throw new IllegalArgumentException("forgetting outside (0, 1]: " + forgetting);
        }
        this.store = store;
        this.forgetting = forgetting;
    }

    /** What is known of the rungs for {@code intent}. Waits for nobody. */
    public Standings of(Intent intent) {
        return known.getOrDefault(intent, Standings.NONE);
    }

    @Override
    public void over(ProviderCall call) {
        var outcome = call.outcome();
        if (outcome != null) {
            learn(new Learnt(call.intent(), call.rung(), outcome));
        }
    }

    /** Takes an outcome into account, here from now on and for everyone after the next {@link #exchange}. */
    public synchronized void learn(Learnt learnt) {
        known = StandingStore.fold(known, List.of(learnt), forgetting);
        waiting.addLast(learnt);
        limit();
    }

    /**
     * Tells the store what was learnt here, and learns from it what others have.
     *
     * @throws StoreUnavailable when it does not answer; what it was to be told waits for the next time. Where it has taken
     *     that in without being able to say so, it counts twice
     */
    public void exchange() {
        synchronized (exchanging) {
            tell();
            var everyones = store.load();
            synchronized (this) {
                known = StandingStore.fold(everyones, List.copyOf(waiting), forgetting);
            }
        }
    }

    /** How many outcomes the store will never know, because too many waited for it. */
    public synchronized long dropped() {
        return dropped;
    }

    private void tell() {
        List<Learnt> outcomes = take();
        if (outcomes.isEmpty()) {
            return;
        }
        boolean told = false;
        try {
            store.learn(outcomes, forgetting);
            told = true;
        } finally {
            if (!told) {
                putBack(outcomes);
            }
        }
    }

    private synchronized List<Learnt> take() {
        List<Learnt> outcomes = List.copyOf(waiting);
        waiting.clear();
        return outcomes;
    }

    private synchronized void putBack(List<Learnt> outcomes) {
        outcomes.reversed().forEach(waiting::addFirst);
        limit();
    }

    private void limit() {
        while (waiting.size() > MOST_WAITING) {
            waiting.removeFirst();
            dropped++;
        }
    }
}
