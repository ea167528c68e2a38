package io.perpetua.benchmarks.load;

import io.perpetua.benchmarks.resilience.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Thousands of connections on which nothing comes: what they cost, and whether anybody else notices. */
final class Idle implements Scenario {

    private static final Duration ANSWER = Duration.ofMillis(50);
    private static final int WARM_UP = 200;
    private static final Duration WARMING = Duration.ofSeconds(10);
    private static final int REQUESTS = 100;
    /** How long the server may take to notice that they are closed. */
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final double MOST_HEAP_KB = 16;
    private static final double MOST_RSS_KB = 40;
    private static final double MOST_LEFT_PERCENT = 10;
    /** Descriptors that come and go by themselves: connections to the model, files of the index. */
    private static final int OTHERS = 50;

    @Override
    public Findings measure(Scale scale) throws Exception {
        var findings = new Findings("idle");
        try (var model = new PacedModel(ANSWER, ANSWER);
                var site = new Site(model.url(), PacedModel.known(), Map.of(), scale.settings())) {
            var talks = new Talks(site, scale.seed());
            talks.rush(WARM_UP, nanos(WARMING, scale));
            talks.take();
            var before = phase(findings, "before", talks, site, Duration.ZERO, scale);
            Vitals during;
            try (var idlers = new Idlers(site.server().url(), scale.idle())) {
                during = phase(findings, "during", talks, site, scale.hold(), scale);
                findings.target("idle connections opened", idlers.opened(), Relation.EXACTLY, scale.idle());
                findings.fact("still open at the end", Integer.toString(idlers.open()));
            }
            untilNoticed(site, before);
            var after = phase(findings, "after", talks, site, Duration.ZERO, scale);
            judge(findings, before, during, after, scale.idle());
        }
        return findings;
    }

    /** No longer than the whole scenario holds on, so that a small one is short. */
    private static long nanos(Duration duration, Scale scale) {
        return Math.min(duration.toNanos(), scale.hold().toNanos());
    }

    /** Sends good requests for so long, a few seconds at least, and looks at the server at the end. */
    private static Vitals phase(Findings findings, String name, Talks talks, Site site, Duration hold, Scale scale)
            throws IOException {
        talks.rush(REQUESTS, Math.max(hold.toNanos(), nanos(Duration.ofSeconds(5), scale)));
        var replies = talks.take().stream().map(Said::reply).toList();
        var vitals = Vitals.of(site.server());
        var whole = replies.stream().map(Reply::wholeNanos).toList();
        var row = new LinkedHashMap<>(vitals.figures());
        row.put("requests", replies.size());
        row.put("answered", Figures.count(replies, Reply::answered));
        row.put("p50_ms", Figures.quantile(whole, 0.5) / 1e6);
        row.put("p99_ms", Figures.quantile(whole, 0.99) / 1e6);
        findings.table("idle").row(name, row);
        findings.target(
                name + ": good requests answered",
                Figures.count(replies, Reply::answered),
                Relation.EXACTLY,
                replies.size());
        return vitals;
    }

    private static void untilNoticed(Site site, Vitals before) throws IOException {
        long end = System.nanoTime() + NOTICE.toNanos();
        while (System.nanoTime() < end && Vitals.descriptors(site.server()) > before.descriptors() + OTHERS) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static void judge(Findings findings, Vitals before, Vitals during, Vitals after, int idle) {
        findings.target(
                "live heap of an idle connection, kB",
                1e3 * (during.heap().mb() - before.heap().mb()) / idle,
                Relation.AT_MOST,
                MOST_HEAP_KB);
        findings.target(
                "resident memory of an idle connection, kB",
                1e3 * (during.rssMb() - before.rssMb()) / idle,
                Relation.AT_MOST,
                MOST_RSS_KB);
        findings.target(
                "live heap afterwards, % more than before",
                100 * (after.heap().mb() / before.heap().mb() - 1), Relation.AT_MOST, MOST_LEFT_PERCENT);
        findings.target(
                "descriptors afterwards, more than before",
                after.descriptors() - before.descriptors(),
                Relation.AT_MOST,
                OTHERS);
    }
}
