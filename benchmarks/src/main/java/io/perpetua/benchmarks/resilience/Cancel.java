package io.perpetua.benchmarks.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients that leave: how long the provider goes on not knowing. */
final class Cancel implements Scenario {

    private static final List<String> LADDER = List.of("a");
    private static final double SLOWEST_MS = 100;
    /** After this nobody would call it cancelled. */
    private static final Duration LOST = Duration.ofSeconds(5);
    /** After so many that were never noticed, what is to be learnt has been. */
    private static final int ENOUGH_LOST = 5;
    /** Clients leave up to so long after the provider has begun. */
    private static final int LONGEST_STAY_MS = 60;

    @Override
    public Report measure(int calls, long seed) throws Exception {
        var report = new Report("cancel");
        int count = Math.max(1, calls / 10);
        measure(report, "whole, unanswered", Conduct.STALL_BEFORE, false, count, seed);
        measure(report, "whole, in the middle", Conduct.STALL_IN_STREAM, false, count, seed);
        measure(report, "stream, unanswered", Conduct.STALL_BEFORE, true, count, seed);
        measure(report, "stream, in the middle", Conduct.STALL_IN_STREAM, true, count, seed);
        return report;
    }

    private static void measure(Report report, String name, Conduct conduct, boolean stream, int count, long seed)
            throws Exception {
        var random = new SplittableRandom(seed);
        var delays = new ArrayList<Long>();
        int lost = 0;
        try (var rig = new Rig(Settings.patient(LADDER), Script.always(conduct), LADDER)) {
            rig.warmUp();
            for (int i = 0; i < count && lost < ENOUGH_LOST; i++) {
                long delay = one(rig, stream, random.nextInt(LONGEST_STAY_MS));
                delays.add(delay);
                lost += delay >= LOST.toNanos() ? 1 : 0;
            }
        }
        var figures = new LinkedHashMap<String, Number>();
        figures.put("calls", delays.size());
        figures.put("p50_ms", Figures.quantile(delays, 0.5) / 1e6);
        figures.put("p99_ms", Figures.quantile(delays, 0.99) / 1e6);
        figures.put("max_ms", Figures.quantile(delays, 1) / 1e6);
        figures.put("over_100_ms", Figures.count(delays, delay -> delay > SLOWEST_MS * 1e6));
        figures.put("never_noticed", lost);
        report.row(name, figures);
        report.expect(Figures.quantile(delays, 1) <= SLOWEST_MS * 1e6, name + ": the provider is left within 100 ms");
    }

    /** Nanoseconds from a client's leaving to its being noticed by the provider. */
    private static long one(Rig rig, boolean stream, int stayMs) throws Exception {
        int prompt = rig.nextPrompt();
        var upstream = rig.upstream(LADDER.getFirst());
        var exchange = rig.caller().send(prompt, "a/" + ChaosUpstream.MODEL + prompt, stream);
        UpstreamCall call;
        try (exchange) {
            call = arrival(upstream, prompt);
            if (stream && call.conduct() == Conduct.STALL_IN_STREAM) {
                Caller.untilItSpeaks(exchange);
            }
            Thread.sleep(stayMs);
        }
        long left = System.nanoTime();
        try {
            return call.clientGone().get(LOST.toMillis(), TimeUnit.MILLISECONDS) - left;
        } catch (TimeoutException e) {
            return LOST.toNanos();
        }
    }

    private static UpstreamCall arrival(ChaosUpstream upstream, int prompt)
            throws InterruptedException, ExecutionException {
        try {
            return upstream.arrival(prompt).get(LOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the call for prompt " + prompt + " never came", e);
        }
    }
}
