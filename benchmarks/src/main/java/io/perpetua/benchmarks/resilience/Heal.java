package io.perpetua.benchmarks.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The preferred provider fails in one way for a while, and is then well again: what clients notice, when the server turns
 * to others, and when it comes back. Calls come one after the other, each second one streamed.
 */
final class Heal implements Scenario {

    private static final String PREFERRED = "a";
    private static final List<String> LADDER = List.of(PREFERRED, "b", "c");
    private static final Duration SLOWNESS = Duration.ofSeconds(3);
    /** Calls from which it is learnt that the preferred provider is well. */
    private static final int GOOD = 20;
    /** Calls that are to open a circuit, at most. */
    private static final int OPENING = 100;
    /** So many calls in a row that do not reach the preferred provider, and it has been left. */
    private static final int LEFT = 5;
    /** Calls within which it is to be used again. */
    private static final int RETURN = 1_000;
    /** A pause between the calls after the recovery: a circuit is not to be waited for in calls alone. */
    private static final Duration PAUSE = Duration.ofMillis(10);

    private static final double LEAST_PERCENT = 95;

    /** The ways to fail. */
    private enum Failure {
        SLOW,
        DOWN,
        RATE_LIMITED,
        TIMING_OUT,
        CIRCUIT_OPEN;

        void strike(ChaosUpstream upstream, long seed) {
            switch (this) {
                case SLOW -> upstream.slowDown(SLOWNESS);
                case DOWN, CIRCUIT_OPEN ->
                    upstream.follow(
                            Script.anyOf(List.of(Conduct.ERROR_500, Conduct.ERROR_503, Conduct.RESET_BEFORE), seed));
                case RATE_LIMITED -> upstream.follow(Script.always(Conduct.RATE_LIMITED));
                case TIMING_OUT -> upstream.follow(Script.always(Conduct.STALL_BEFORE));
            }
        }
    }

    @Override
    public Report measure(int calls, long seed) throws Exception {
        var report = new Report("heal");
        for (Failure failure : Failure.values()) {
            // Slow is slower than is good, and no timeout's matter.
            var settings =
                    failure == Failure.SLOW ? Settings.patient(LADDER) : Settings.of(LADDER, Settings.SHORTLY_OPEN);
            try (var rig = new Rig(settings, Script.always(Conduct.OK), LADDER)) {
                measure(report, failure, rig, Math.max(LEFT, calls / 20), seed);
            }
        }
        return report;
    }

    private static void measure(Report report, Failure failure, Rig rig, int calls, long seed) throws Exception {
        String name = failure.name().toLowerCase(Locale.ROOT);
        var preferred = rig.upstream(PREFERRED);
        rig.warmUp();
        rig.calls(GOOD, 1, prompt -> "auto");
        failure.strike(preferred, seed);
        if (failure == Failure.CIRCUIT_OPEN) {
            untilLeft(rig, preferred);
        }
        int before = preferred.calls().size();
        var seen = rig.calls(calls, 1, prompt -> "auto");
        var injected = preferred.calls().subList(before, preferred.calls().size());
        var whole = new HashSet<Integer>();
        seen.stream().filter(Seen::whole).forEach(each -> whole.add(each.prompt()));

        var figures = new LinkedHashMap<String, Number>();
        double answered = Figures.percent(seen, Seen::whole);
        double recovered = Figures.percent(injected, call -> whole.contains(call.prompt()));
        figures.put("calls", seen.size());
        figures.put("answered_%", answered);
        figures.put("injected", injected.size());
        figures.put("recovered_%", recovered);
        figures.put("p50_s", Figures.seconds(seen, 0.5));
        figures.put("p95_s", Figures.seconds(seen, 0.95));
        figures.put("left_after_calls", leftAfter(seen, injected));
        preferred.follow(Script.always(Conduct.OK));
        preferred.slowDown(Duration.ZERO);
        figures.putAll(untilBack(rig));
        report.row(name, figures);
        report.expect(answered >= LEAST_PERCENT, name + ": 95 % of the calls are answered");
        report.expect(
                failure == Failure.CIRCUIT_OPEN || leftAfter(seen, injected) < seen.size(), name + ": it is left");
        report.expect(injected.isEmpty() || recovered >= LEAST_PERCENT, name + ": 95 % of the failures are recovered");
        report.expect(figures.get("back_after_calls") instanceof Integer n && n <= RETURN, name + ": it is used again");
    }

    private static void untilLeft(Rig rig, ChaosUpstream preferred) {
        int spared = 0;
        for (int i = 0; i < OPENING && spared < LEFT; i++) {
            int before = preferred.calls().size();
            rig.call("auto", i % 2 == 0);
            spared = preferred.calls().size() == before ? spared + 1 : 0;
        }
    }

    /** How many calls there were before the first {@value #LEFT} in a row that were not taken to where they would fail. */
    private static int leftAfter(List<Seen> seen, List<UpstreamCall> injected) {
        var reached = new HashSet<Integer>();
        injected.forEach(call -> reached.add(call.prompt()));
        int spared = 0;
        for (int i = 0; i < seen.size(); i++) {
            spared = reached.contains(seen.get(i).prompt()) ? 0 : spared + 1;
            if (spared == LEFT) {
                return i + 1 - LEFT;
            }
        }
        return seen.size();
    }

    /** How long it takes until the preferred provider answers, in calls and in seconds. */
    private static Map<String, Number> untilBack(Rig rig) throws InterruptedException {
        var errors = new ArrayList<Seen>();
        long start = System.nanoTime();
        int calls = 0;
        boolean back = false;
        while (!back && calls <= RETURN) {
            var seen = rig.call("auto", calls % 2 == 0);
            calls++;
            back = seen.whole() && seen.provider().equals(PREFERRED);
            if (!seen.whole()) {
                errors.add(seen);
            }
            Thread.sleep(PAUSE);
        }
        var figures = new LinkedHashMap<String, Number>();
        figures.put("back_after_calls", calls);
        figures.put("back_after_s", (System.nanoTime() - start) / 1e9);
        figures.put("failed_meanwhile", errors.size());
        return figures;
    }
}
