package io.perpetua.benchmarks.resilience;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Streams of providers that do anything: none may end silently truncated, and none that was whole may be lost. */
final class Streams implements Scenario {

    private static final int AT_ONCE = 32;
    private static final List<String> LADDER = List.of("a", "b", "c");

    /** Runs a call: the issue asks for 10,000, which is so many times the calls by default. */
    private static final int RUNS = 5;

    @Override
    public Report measure(int calls, long seed) throws Exception {
        var report = new Report("streams");
        try (var rig = new Rig(Settings.of(LADDER, Settings.SHORTLY_OPEN), Script.anyOf(Conduct.all(), seed), LADDER)) {
            int half = RUNS * calls / 2;
            // A circuit is a model's own, and with a model for each prompt none opens.
            var pinned = rig.streams(half, AT_ONCE, prompt -> "a/" + ChaosUpstream.MODEL + prompt);
            var runs = new StreamRuns(pinned, rig.upstreamCalls());
            for (Conduct conduct : Conduct.all()) {
                row(report, "pinned, " + conduct.wire(), runs, conduct);
            }
            check(report, "pinned", runs);
            report.expect(runs.faults().isEmpty(), "pinned, whole answers arrive and others do not: " + runs.faults());
            var routed = rig.streams(half, AT_ONCE, prompt -> "auto");
            var onLadder = new StreamRuns(routed, rig.upstreamCalls());
            row(report, "ladder", onLadder, null);
            check(report, "ladder", onLadder);
        }
        return report;
    }

    private static void check(Report report, String name, StreamRuns runs) {
        report.expect(runs.count(Fate.SILENTLY_TRUNCATED) == 0, name + ": no stream is silently truncated");
        report.expect(runs.count(Fate.HUNG) == 0, name + ": no stream hangs");
        report.expect(runs.count(Fate.UNINTELLIGIBLE) == 0, name + ": errors have their shape");
    }

    private static void row(Report report, String name, StreamRuns runs, @Nullable Conduct conduct) {
        var figures = new LinkedHashMap<String, Number>();
        int all = 0;
        for (Fate fate : Fate.values()) {
            int count = conduct == null ? runs.count(fate) : runs.count(conduct, fate);
            figures.put(fate.name().toLowerCase(Locale.ROOT), count);
            all += count;
        }
        figures.put("runs", all);
        report.row(name, figures);
    }
}
