package io.perpetua.benchmarks.resilience;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** Every provider is down and every circuit open: how fast a client is told, and that nobody is asked meanwhile. */
final class OpenCircuits implements Scenario {

    private static final List<String> LADDER = List.of("a", "b", "c");
    private static final Duration OPEN = Duration.ofMinutes(10);
    /** Calls until the circuits are to be open, at most. */
    private static final int FIRST = 300;
    /** So many calls that reach nobody in a row, and all are open. */
    private static final int IN_VAIN = 5;

    private static final double SLOWEST_MS = 10;

    @Override
    public Report measure(int calls, long seed) throws Exception {
        var report = new Report("open circuits");
        try (var rig = new Rig(Settings.of(LADDER, OPEN), Script.always(Conduct.ERROR_503), LADDER)) {
            rig.warmUp();
            int before = untilOpen(rig);
            int asked = rig.upstreamCalls().size();
            var seen = rig.calls(calls / 4, 1, prompt -> "auto");
            var nanos = seen.stream().map(Seen::wholeNanos).toList();
            double p99 = Figures.quantile(nanos, 0.99) / 1e6;
            var figures = new LinkedHashMap<String, Number>();
            figures.put("calls_until_open", before);
            figures.put("calls", seen.size());
            figures.put("p50_ms", Figures.quantile(nanos, 0.5) / 1e6);
            figures.put("p99_ms", p99);
            figures.put("max_ms", Figures.quantile(nanos, 1) / 1e6);
            figures.put("status_503", Figures.count(seen, each -> each.status() == 503));
            figures.put("upstream_calls", rig.upstreamCalls().size() - asked);
            report.row("all open", figures);
            report.expect(before < FIRST, "circuits open");
            report.expect(p99 < SLOWEST_MS, "an open circuit answers in under 10 ms");
            report.expect(rig.upstreamCalls().size() == asked, "nobody is asked while all circuits are open");
            report.expect(seen.stream().allMatch(each -> each.fate() == Fate.REFUSED), "every call is told why");
        }
        return report;
    }

    private static int untilOpen(Rig rig) {
        int inVain = 0;
        int calls = 0;
        while (calls < FIRST && inVain < IN_VAIN) {
            int asked = rig.upstreamCalls().size();
            rig.call("auto", calls % 2 == 0);
            inVain = rig.upstreamCalls().size() == asked ? inVain + 1 : 0;
            calls++;
        }
        return calls;
    }
}
