package io.perpetua.benchmarks.resilience;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToLongFunction;

/** Providers that fall silent, with nobody else to turn to: by how much the limit on that is exceeded. */
final class Stall implements Scenario {

    /** A stall before the first word is tried again. */
    private static final int ATTEMPTS = 4;

    private static final List<String> LADDER = List.of("a");
    private static final int AT_ONCE = 4;
    private static final double LATEST_MS = 250;

    @Override
    public Report measure(int calls, long seed) throws Exception {
        var report = new Report("stall");
        int count = Math.max(1, calls / 40);
        measure(
                report,
                "in the middle",
                Conduct.STALL_IN_STREAM,
                count,
                Fate.BROKEN_OFF,
                seen -> seen.wholeNanos() - seen.lastNanos() - Settings.BETWEEN_TOKENS.toNanos());
        measure(
                report,
                "before the first word",
                Conduct.STALL_BEFORE,
                count,
                Fate.REFUSED,
                seen -> seen.wholeNanos() - ATTEMPTS * Settings.FIRST_TOKEN.toNanos());
        return report;
    }

    private static void measure(
            Report report, String name, Conduct conduct, int count, Fate fate, ToLongFunction<Seen> late)
            throws Exception {
        try (var rig = new Rig(Settings.of(LADDER, Settings.SHORTLY_OPEN), Script.always(conduct), LADDER)) {
            rig.warmUp();
            var seen = rig.streams(count, AT_ONCE, prompt -> "a/" + ChaosUpstream.MODEL + prompt);
            var delays = seen.stream().map(late::applyAsLong).toList();
            double last = Figures.quantile(delays, 1) / 1e6;
            var figures = new LinkedHashMap<String, Number>();
            figures.put("calls", seen.size());
            figures.put("ended_by_an_error", Figures.count(seen, each -> each.fate() == fate));
            figures.put("late_p50_ms", Figures.quantile(delays, 0.5) / 1e6);
            figures.put("late_p99_ms", Figures.quantile(delays, 0.99) / 1e6);
            figures.put("late_max_ms", last);
            report.row(name, figures);
            report.expect(seen.stream().allMatch(each -> each.fate() == fate), name + ": every one ends by an error");
            report.expect(last < LATEST_MS, name + ": it ends at its limit, " + LATEST_MS + " ms later at most");
        }
    }
}
