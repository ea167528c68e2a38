package io.perpetua.application.routing;

import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.routing.Rung;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers the latest calls of each rung. Safe for concurrent use; bounded in rungs and calls. */
public final class RecentCalls implements ProviderCall.Listener {

    private static final int KEPT = 100;
    private static final int MOST_RUNGS = 1_000;

    private final Map<Rung, Deque<ProviderCall>> calls = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Rung, Deque<ProviderCall>> eldest) {
            return size() > MOST_RUNGS;
        }
    };

    /**
     * What the latest calls of a rung came to.
     *
     * @param calls how many there are, at most 100
     * @param failures how many of them failed, by kind; kinds that did not occur are missing
     * @param priceMissing how many were answered at a price that is not known
     * @param p50Ms half of the answers took no longer than so many milliseconds; 0 when there were none
     * @param p95Ms nineteen of twenty answers took no longer
     */
    public record Summary(int calls, Map<Kind, Integer> failures, int priceMissing, long p50Ms, long p95Ms) {}

    @Override
    public synchronized void over(ProviderCall call) {
        var kept = calls.computeIfAbsent(call.rung(), rung -> new ArrayDeque<>());
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(call);
    }

    /** Every rung of which something is remembered. */
    public synchronized List<Rung> rungs() {
        return List.copyOf(calls.keySet());
    }

    /** What is remembered of {@code rung}. */
    public Summary of(Rung rung) {
        var recent = copy(rung);
        var failures = new EnumMap<Kind, Integer>(Kind.class);
        recent.stream()
                .filter(call -> call.failure() != null)
                .forEach(call -> failures.merge(call.failure(), 1, Integer::sum));
        var answered = recent.stream().filter(call -> call.failure() == null).toList();
        long[] millis = answered.stream()
                .mapToLong(call -> call.took().toMillis())
                .sorted()
                .toArray();
        int unpriced =
                (int) answered.stream().filter(call -> call.dollars() == null).count();
        return new Summary(recent.size(), failures, unpriced, rank(millis, 0.5), rank(millis, 0.95));
    }

    private synchronized List<ProviderCall> copy(Rung rung) {
        return List.copyOf(calls.getOrDefault(rung, new ArrayDeque<>()));
    }

    /** The smallest of the ascending {@code values} that a share {@code q} of them does not exceed. */
    private static long rank(long[] values, double q) {
        return values.length == 0 ? 0 : values[(int) Math.ceil(q * values.length) - 1];
    }
}
