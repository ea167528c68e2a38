package io.perpetua.benchmarks.resilience;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What calls come to. */
public final class Figures {

    private Figures() {}

    /** The figures that every scenario with many calls has, by name. */
    static Map<String, Number> of(List<Seen> seen, List<UpstreamCall> calls) {
        var figures = new LinkedHashMap<String, Number>();
        figures.put("calls", seen.size());
        figures.put("failed_%", percent(seen, each -> !each.whole()));
        figures.put("silently_truncated", count(seen, each -> each.fate() == Fate.SILENTLY_TRUNCATED));
        figures.put("hung", count(seen, each -> each.fate() == Fate.HUNG));
        figures.put("p50_s", seconds(seen, 0.5));
        figures.put("p95_s", seconds(seen, 0.95));
        figures.put("fallback_%", percent(seen, Seen::fellBack));
        figures.put("upstream_calls", calls.size());
        figures.put("upstream_failing_%", percent(calls, call -> !call.conduct().answers()));
        return figures;
    }

    /** That quantile of the times to the end. */
    static double seconds(List<Seen> seen, double quantile) {
        return quantile(seen.stream().map(Seen::wholeNanos).toList(), quantile) / 1e9;
    }

    /** That quantile, NaN of nothing. */
    public static double quantile(Collection<Long> values, double quantile) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, (int) (quantile * sorted.size())));
    }

    /** How many of 100 are so, NaN of nothing. */
    public static <T> double percent(Collection<T> all, Predicate<? super T> is) {
        return all.isEmpty() ? Double.NaN : 100.0 * count(all, is) / all.size();
    }

    public static <T> long count(Collection<T> all, Predicate<? super T> is) {
        return all.stream().filter(is).count();
    }
}
