package io.perpetua.benchmarks.resilience;

import java.util.List;
import java.util.Map;

/**
 * Providers that fail at random: the first two of four, so that 30 % of all upstream calls fail; the same with streams
 * that break off in the middle, which the client cannot be spared; and four none of which is well.
 */
final class Mixed implements Scenario {

    private static final double SHARE = 0.3;
    private static final int AT_ONCE = 8;
    private static final List<String> LADDER = List.of("a", "b", "c", "d");
    private static final List<String> FLAKY = List.of("a", "b");
    /** Who fails by turns, so that what was learnt is soon wrong. */
    private static final List<List<String>> TURNS =
            List.of(FLAKY, List.of("c", "d"), List.of("b", "c"), List.of("d", "a"));

    private static final int TURN = 25;
    private static final double MOST_FAILED_PERCENT = 1;
    private static final double SLOWEST_P95_S = 5;

    @Override
    public Report measure(int calls, long seed) throws Exception {
        var report = new Report("mixed");
        var spared = measure(report, "two of four fail", calls, new FailingShare(FLAKY, SHARE, false, seed));
        report.expect(number(spared, "failed_%") < MOST_FAILED_PERCENT, "under 1 % of client calls fail");
        report.expect(number(spared, "p95_s") < SLOWEST_P95_S, "p95 under 5 s");
        var usual = measure(
                report, "usual timeouts", calls, new FailingShare(FLAKY, SHARE, false, seed), Settings.usual(LADDER));
        report.expect(
                number(usual, "failed_%") < MOST_FAILED_PERCENT, "usual timeouts: under 1 % of client calls fail");
        report.expect(number(usual, "p95_s") < SLOWEST_P95_S, "usual timeouts: p95 under 5 s");
        var changing = measure(report, "two by turns", calls, new FailingShare(TURNS, TURN, SHARE, false, seed));
        report.expect(number(changing, "failed_%") < MOST_FAILED_PERCENT, "by turns: under 1 % of client calls fail");
        report.expect(number(changing, "p95_s") < SLOWEST_P95_S, "by turns: p95 under 5 s");
        measure(report, "also in the middle", calls, new FailingShare(FLAKY, SHARE, true, seed));
        var everywhere = measure(report, "everywhere", calls, Script.failing(SHARE, seed));
        report.expect(
                number(everywhere, "failed_%") < MOST_FAILED_PERCENT, "everywhere: under 1 % of client calls fail");
        report.expect(number(everywhere, "p95_s") < SLOWEST_P95_S, "everywhere: p95 under 5 s");
        return report;
    }

    private static Map<String, Number> measure(Report report, String name, int calls, Script script) throws Exception {
        return measure(report, name, calls, script, Settings.of(LADDER, Settings.SHORTLY_OPEN));
    }

    private static Map<String, Number> measure(
            Report report, String name, int calls, Script script, Map<String, Object> settings) throws Exception {
        try (var rig = new Rig(settings, script, LADDER)) {
            rig.warmUp();
            var seen = rig.calls(calls, AT_ONCE, prompt -> "auto");
            var figures = Figures.of(seen, rig.upstreamCalls());
            report.row(name, figures);
            report.expect(number(figures, "silently_truncated") == 0, name + ": no answer is silently truncated");
            report.expect(number(figures, "hung") == 0, name + ": no call hangs");
            return figures;
        }
    }

    private static double number(Map<String, Number> figures, String name) {
        var figure = figures.get(name);
        return figure == null ? Double.NaN : figure.doubleValue();
    }
}
