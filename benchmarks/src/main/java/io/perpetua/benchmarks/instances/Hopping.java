package io.perpetua.benchmarks.instances;

import io.perpetua.benchmarks.instances.Trouble.Kind;
import io.perpetua.benchmarks.load.Findings;
import io.perpetua.benchmarks.load.Relation;
import io.perpetua.benchmarks.resilience.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients hop between the servers at random, some of them several in one conversation; and the same while servers are
 * killed, Redis is paused and killed, and the index refuses. Judged by what is kept at the end against what was
 * acknowledged.
 */
final class Hopping {

    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Plan plan;
    private final boolean losses;

    /**
     * A run.
     *
     * @param losses whether parts fail meanwhile
     */
    Hopping(Plan plan, boolean losses) {
        this.plan = plan;
        this.losses = losses;
    }

    Findings measure() throws Exception {
        var findings = new Findings(losses ? "losses" : "hopping");
        try (var world = World.start(plan)) {
            var gathering = new Gathering(world.fleet(), world.talker(), plan.seed());
            long start = System.nanoTime();
            Map<String, Integer> troubles = Map.of();
            if (losses) {
                try (var trouble = new Trouble(kinds(world), plan.between(), plan.longest(), plan.seed())) {
                    gathering.talk(plan.conversations(), plan.messages(), plan.pause());
                    troubles = trouble.counts();
                }
            } else {
                gathering.talk(plan.conversations(), plan.messages(), plan.pause());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double settled = settle(world);
            outcome(findings, gathering, seconds, settled, troubles);
            judge(findings, world, gathering);
        }
        return findings;
    }

    private static Map<String, Kind> kinds(World world) {
        var kinds = new LinkedHashMap<String, Kind>();
        kinds.put("instance_killed", new Killing(world.fleet()));
        kinds.put("redis_paused", kind(world.redis()::pause, world.redis()::resume));
        kinds.put("index_refuses", kind(world.index()::refuse, world.index()::serve));
        kinds.put("redis_killed", kind(world.redis()::kill, world.redis()::restart));
        return kinds;
    }

    private static Kind kind(Runnable begin, Runnable end) {
        return new Kind() {
            @Override
            public void begin(SplittableRandom random) {
                begin.run();
            }

            @Override
            public void end() {
                end.run();
            }
        };
    }

    /** Kills one of the servers without a word, and starts it again over what it left. */
    private static final class Killing implements Kind {

        private final Fleet fleet;
        private int next;

        Killing(Fleet fleet) {
            this.fleet = fleet;
        }

        @Override
        public void begin(SplittableRandom random) {
            next = random.nextInt(fleet.members().size());
            fleet.members().get(next).kill();
        }

        @Override
        public void end() throws IOException, InterruptedException {
            fleet.members().get(next).restart();
        }
    }

    /** Waits until nothing waits any more. Returns the seconds it took. */
    private static double settle(World world) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < SETTLING.toNanos()) {
            boolean waiting = false;
            for (String url : world.urls()) {
                String health = world.talker().get(url + "/health").toString();
                waiting |= !health.contains("\"0 entries wait") || !health.contains("\"0 appends wait");
            }
            if (!waiting) {
                break;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void outcome(
            Findings findings, Gathering gathering, double seconds, double settled, Map<String, Integer> troubles) {
        var all = gathering.all();
        var row = new LinkedHashMap<String, Number>();
        row.put("messages", all.size());
        row.put("acknowledged", Figures.count(all, Answered::acknowledged));
        row.put("a_second", all.size() / seconds);
        row.put("degraded", Figures.count(all, each -> !each.degraded().isEmpty()));
        row.put("degraded_redis", Figures.count(all, each -> each.degraded().contains("redis")));
        row.put("degraded_index", Figures.count(all, each -> each.degraded().contains("index")));
        row.put("connection_broken", Figures.count(all, each -> each.status() == 0));
        row.put("refused", Figures.count(all, each -> each.status() >= 400));
        row.put("settled_s", settled);
        findings.table("messages").row(losses ? "losses" : "hopping", row);
        latency(findings, "all", all);
        latency(
                findings,
                "without redis",
                all.stream().filter(each -> each.degraded().contains("redis")).toList());
        if (!troubles.isEmpty()) {
            findings.table("failures").row("times", new LinkedHashMap<>(troubles));
        }
    }

    private static void latency(Findings findings, String name, List<Answered> of) {
        var nanos =
                of.stream().filter(Answered::acknowledged).map(Answered::nanos).toList();
        var row = new LinkedHashMap<String, Number>();
        row.put("answers", nanos.size());
        for (var quantile : Map.of("p50_ms", 0.5, "p99_ms", 0.99, "max_ms", 1.0).entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .toList()) {
            row.put(quantile.getKey(), Figures.quantile(nanos, quantile.getValue()) / 1e6);
        }
        findings.table("latency").row(name, row);
    }

    private void judge(Findings findings, World world, Gathering gathering) throws IOException, InterruptedException {
        var audit = new Audit();
        var random = new SplittableRandom(plan.seed());
        for (var conversation : gathering.said().entrySet()) {
            var turns = world.talker().turns(world.fleet().any(random), conversation.getKey());
            audit.look(conversation.getValue(), turns);
        }
        var ids = world.talker().conversations(world.first());
        var row = new LinkedHashMap<String, Number>();
        for (String what : List.of(
                "turns",
                "acknowledged",
                "not_acknowledged",
                "kept_unacknowledged",
                "lost",
                "doubled",
                "disordered",
                "torn",
                "gaps",
                "strangers",
                "wrong_numbers")) {
            row.put(what, audit.of(what));
        }
        row.put("conversations", ids.size());
        row.put("briefs", world.model().briefs());
        row.put("briefs_at_once", world.model().briefsAtOnce());
        findings.table("record").row(losses ? "losses" : "hopping", row);
        for (String what : List.of("lost", "doubled", "gaps", "strangers", "wrong_numbers")) {
            findings.target(what, audit.of(what), Relation.EXACTLY, 0);
        }
        if (!losses) { // turns that wait at several servers come back in the order in which these do
            findings.target("disordered", audit.of("disordered"), Relation.EXACTLY, 0);
        }
        findings.target("conversations", ids.size(), Relation.EXACTLY, plan.conversations());
        findings.target("briefs", world.model().briefs(), Relation.AT_LEAST, 1);
        findings.target("briefs of one conversation at once", world.model().briefsAtOnce(), Relation.EXACTLY, 0);
        if (!losses) {
            long unacknowledged = Figures.count(gathering.all(), each -> !each.acknowledged());
            findings.target("messages not acknowledged", unacknowledged, Relation.EXACTLY, 0);
        }
    }
}
