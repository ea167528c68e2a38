package io.perpetua.benchmarks.load;

import io.perpetua.benchmarks.resilience.Figures;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many conversations at once, which offer a little less than the server's places can do and now and then more; and then
 * far more arrivals than that, so that the queue fills.
 */
final class Conversations implements Scenario {

    static final int PLACES = 50;
    static final int PLACES_OF_ONE = 3;
    private static final double MOST_ERRORS_PERCENT = 0.1;
    private static final double MOST_GROWTH_PERCENT = 5;
    private static final double LONGEST_WAIT_MS = 30_000;
    private static final double SLOWEST_REFUSAL_MS = 250;
    private static final double TEN_MINUTES_S = 600;
    /** From one burst to the next, or a third of a run that is shorter than that. */
    private static final Duration BURST = Duration.ofMinutes(1);

    /** Arrivals a second in the rush, about eight times what the places can do at a second an answer. */
    private static final int RUSH_PER_SECOND = 400;

    @Override
    public Findings measure(Scale scale) throws Exception {
        var findings = new Findings("conversations");
        try (var model = new PacedModel(scale.fastest(), scale.slowest());
                var site = new Site(model.url(), PacedModel.known(), Map.of(), scale.settings())) {
            var talks = new Talks(site, scale.seed());
            converse(findings, scale, model, site, talks);
            rush(findings, scale, model, talks);
        }
        return findings;
    }

    private static void converse(Findings findings, Scale scale, PacedModel model, Site site, Talks talks) {
        var answer = scale.fastest().plus(scale.slowest()).dividedBy(2);
        var tempo = Tempo.of(
                scale.conversations(),
                PLACES,
                scale.load(),
                answer,
                BURST.compareTo(scale.duration()) < 0 ? BURST : scale.duration().dividedBy(3));
        Watch watch;
        try (var watching = new Watch(site, talks, scale.sampling())) {
            watch = watching;
            talks.converse(scale, tempo);
        }
        var said = talks.take();
        outcome(findings, "conversations", said, model, scale.duration());
        byPriority(findings, "priority", said);
        judge(findings, "conversations", said, model);
        fair(findings, said);
        memory(findings, watch);
    }

    private static void rush(Findings findings, Scale scale, PacedModel model, Talks talks) {
        model.gauge().reset();
        long nanos = Duration.ofSeconds(1).toNanos() * scale.overload() / RUSH_PER_SECOND;
        long start = System.nanoTime();
        talks.rush(scale.overload(), nanos);
        var took = Duration.ofNanos(System.nanoTime() - start);
        var said = talks.take();
        outcome(findings, "rush", said, model, took);
        byPriority(findings, "priority in the rush", said);
        judge(findings, "rush", said, model);
        var refusals = said.stream()
                .map(Said::reply)
                .filter(reply -> reply.code().equals("queue_full"))
                .map(Reply::wholeNanos)
                .toList();
        var row = new LinkedHashMap<String, Number>();
        row.put("refusals", refusals.size());
        row.put("p50_ms", Figures.quantile(refusals, 0.5) / 1e6);
        row.put("p99_ms", Figures.quantile(refusals, 0.99) / 1e6);
        row.put("max_ms", Figures.quantile(refusals, 1) / 1e6);
        findings.table("time to a refusal").row("queue_full", row);
        findings.target("rush: refused, for the queue is full", refusals.size(), Relation.AT_LEAST, 1);
        findings.target(
                "rush: p99 of the time to such a refusal, ms",
                Figures.quantile(refusals, 0.99) / 1e6,
                Relation.AT_MOST,
                SLOWEST_REFUSAL_MS);
        talks.rush(1, 0);
        long answered = Figures.count(talks.take(), each -> each.reply().answered());
        findings.target("rush: answered afterwards, of one", answered, Relation.EXACTLY, 1);
    }

    private static void outcome(Findings findings, String name, List<Said> said, PacedModel model, Duration took) {
        var replies = said.stream().map(Said::reply).toList();
        var row = new LinkedHashMap<String, Number>();
        row.put("requests", replies.size());
        row.put("answered", Figures.count(replies, Reply::answered));
        row.put("refused", Figures.count(replies, Reply::refused));
        row.put("failed", Figures.count(replies, reply -> reply.ending() == Ending.FAILED));
        row.put("cut_off", Figures.count(replies, reply -> reply.ending() == Ending.CUT_OFF));
        row.put("hung", Figures.count(replies, reply -> reply.ending() == Ending.HUNG));
        row.put("most_at_once", model.gauge().most());
        row.put("most_of_a_user", model.gauge().mostOfOne());
        row.put("places_taken_%", 100.0 * model.gauge().busyNanos() / took.toNanos() / PLACES);
        findings.table("conversations").row(name, row);
        findings.fact("codes of " + name, Reply.codes(replies));
    }

    private static void byPriority(Findings findings, String table, List<Said> said) {
        for (Priority priority : Priority.values()) {
            findings.table(table).row(priority.wire(), waits(said, priority).figures());
        }
    }

    private static Waits waits(List<Said> said, Priority priority) {
        return new Waits(said.stream()
                .filter(each -> each.priority() == priority)
                .map(Said::reply)
                .toList());
    }

    private static void judge(Findings findings, String name, List<Said> said, PacedModel model) {
        var replies = said.stream().map(Said::reply).toList();
        findings.target(
                name + ": % errors that are no announced refusals",
                Figures.percent(replies, Reply::unannounced),
                Relation.UNDER,
                MOST_ERRORS_PERCENT);
        findings.target(
                name + ": ended without [DONE] or an error",
                Figures.count(replies, reply -> reply.ending() == Ending.CUT_OFF || reply.ending() == Ending.HUNG),
                Relation.EXACTLY,
                0);
        findings.target(
                name + ": refusals without Retry-After or the queue's numbers",
                Figures.count(
                        replies,
                        reply -> (reply.status() == 429 || reply.status() == 503)
                                && !(reply.retryAfter() >= 0 && reply.numbers())),
                Relation.EXACTLY,
                0);
        findings.target(
                name + ": answers without queue_wait_ms",
                Figures.count(replies, reply -> reply.answered() && Double.isNaN(reply.waitMs())),
                Relation.EXACTLY,
                0);
        findings.target(
                name + ": most at once of a user, as the model sees it",
                model.gauge().mostOfOne(),
                Relation.AT_MOST,
                PLACES_OF_ONE);
        findings.target(
                name + ": most at once, as the model sees it", model.gauge().most(), Relation.AT_MOST, PLACES);
        findings.target(name + ": contexts with words of another conversation", model.mixed(), Relation.EXACTLY, 0);
    }

    private static void fair(Findings findings, List<Said> said) {
        var batch = waits(said, Priority.BATCH).waitMs(0.95);
        var normal = waits(said, Priority.NORMAL).waitMs(0.95);
        var urgent = waits(said, Priority.URGENT).waitMs(0.95);
        findings.target("p95 wait of urgent under that of normal, ms", urgent, Relation.UNDER, normal);
        findings.target("p95 wait of normal under that of batch, ms", normal, Relation.UNDER, batch);
        for (Priority priority : Priority.values()) {
            findings.target(
                    "answers to " + priority.wire(), waits(said, priority).answered(), Relation.AT_LEAST, 1);
        }
        findings.target(
                "longest wait of maintenance, ms",
                waits(said, Priority.MAINTENANCE).waitMs(1),
                Relation.AT_MOST,
                LONGEST_WAIT_MS);
    }

    private static void memory(Findings findings, Watch watch) {
        for (var row : watch.rows()) {
            findings.table("over time").row(row.get("second") + " s", row);
        }
        var apart = watch.heapApartFromRequests();
        findings.table("live heap").row("as it was", growth(watch.heap()));
        findings.table("live heap").row("apart from requests in progress", growth(apart));
        findings.fact("live heap, bytes for each answer since the first third", watch.bytesAnAnswer());
        findings.fact(
                "live heap, bytes by class since the first third", watch.grown().toString());
        findings.target(
                "growth of the live heap in ten minutes, % of its mean",
                growthPercent(apart), Relation.UNDER, MOST_GROWTH_PERCENT);
    }

    private static Map<String, Number> growth(Trend trend) {
        var row = new LinkedHashMap<String, Number>();
        row.put("mean_mb", trend.mean());
        row.put("mb_in_ten_minutes", trend.slope() * TEN_MINUTES_S);
        row.put("standard_error_mb", trend.error() * TEN_MINUTES_S);
        row.put("growth_%", growthPercent(trend));
        return row;
    }

    private static double growthPercent(Trend trend) {
        return 100 * trend.slope() * TEN_MINUTES_S / trend.mean();
    }
}
