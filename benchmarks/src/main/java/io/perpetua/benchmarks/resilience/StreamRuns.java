package io.perpetua.benchmarks.resilience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of streams, by what the provider that was asked last did with them. Not safe for concurrent use. */
final class StreamRuns {

    private final Map<Conduct, Map<Fate, Integer>> counts = new EnumMap<>(Conduct.class);
    private final Map<Fate, Integer> unasked = new EnumMap<>(Fate.class);
    private final List<String> faults = new ArrayList<>();

    /** Brings together what clients saw with what providers did. */
    StreamRuns(List<Seen> seen, List<UpstreamCall> calls) {
        var last = new HashMap<Integer, Conduct>();
        calls.forEach(call -> last.put(call.prompt(), call.conduct()));
        for (Seen each : seen) {
            var conduct = last.get(each.prompt());
            fates(conduct).merge(each.fate(), 1, Integer::sum);
            if (!each.fate().isExplicit() || each.whole() != (conduct != null && conduct.answers())) {
                faults.add("prompt %d: %s after %s, status %d %s"
                        .formatted(each.prompt(), each.fate(), conduct, each.status(), each.error()));
            }
        }
    }

    private Map<Fate, Integer> fates(@Nullable Conduct conduct) {
        return conduct == null ? unasked : counts.computeIfAbsent(conduct, key -> new EnumMap<>(Fate.class));
    }

    /** How many came to that end. */
    int count(Fate fate) {
        return all().stream().mapToInt(by -> by.getOrDefault(fate, 0)).sum();
    }

    /** How many of those with which a provider did that came to that end. */
    int count(Conduct conduct, Fate fate) {
        return counts.getOrDefault(conduct, Map.of()).getOrDefault(fate, 0);
    }

    /** How many there were in all, of those with which a provider did that. */
    int count(Conduct conduct) {
        return counts.getOrDefault(conduct, Map.of()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** How many reached no provider. */
    int unasked() {
        return unasked.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Each that ended otherwise than with a whole answer, if one came, or else a plain error. */
    List<String> faults() {
        return faults;
    }

    private Collection<Map<Fate, Integer>> all() {
        var all = new ArrayList<>(counts.values());
        all.add(unasked);
        return all;
    }
}
