package io.perpetua.benchmarks.instances;

import io.perpetua.adapters.redis.RedisProcess;
import io.perpetua.benchmarks.load.Findings;
import io.perpetua.benchmarks.load.Relation;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Counts what one turn asks of Redis, from outside: a proxy stands between the two, and one client speaks alone. */
final class Trips {

    private static final int WARM_UP = 20;
    private static final Duration IDLE = Duration.ofSeconds(10);
    /** One to read and one to write; asking who called, the answers kept, what is used of limits and the lease for one flight. */
    private static final double MOST = 6;

    private final Plan plan;

    Trips(Plan plan) {
        this.plan = plan;
    }

    Findings measure() throws Exception {
        var findings = new Findings("trips");
        try (var redis = RedisProcess.start();
                var proxy = new CountingProxy(port(redis));
                var model = new TaggingModel(Duration.ofMillis(1), plan.seed())) {
            count(findings, "with the cache", model, proxy, Map.of());
            count(findings, "without", model, proxy, Map.of("PERPETUA_CACHE_ENABLED", "false"));
        }
        return findings;
    }

    private static int port(RedisProcess redis) {
        return Integer.parseInt(redis.url().substring(redis.url().lastIndexOf(':') + 1));
    }

    private void count(
            Findings findings, String name, TaggingModel model, CountingProxy proxy, Map<String, String> more)
            throws Exception {
        var environment = new HashMap<String, String>();
        environment.put("PERPETUA_STORE", "redis");
        environment.put("REDIS_URL", proxy.url());
        environment.put("PERPETUA_EMBEDDER", "none");
        environment.putAll(more);
        environment.putAll(plan.settings());
        var sections = new LinkedHashMap<String, Object>(Map.of("providers", model.section()));
        try (var fleet = new Fleet(1, sections, environment);
                var talker = new Talker()) {
            String server = fleet.members().getFirst().url();
            talk(talker, server, "warm" + more.size(), WARM_UP);
            double idle = idleTrips(proxy);
            long trips = proxy.roundTrips();
            long bytes = proxy.bytes();
            long start = System.nanoTime();
            talk(talker, server, "counted" + more.size(), plan.messages());
            double seconds = (System.nanoTime() - start) / 1e9;
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos()); // what follows a turn in the background
            double each = (proxy.roundTrips() - trips - idle * (seconds + 1)) / plan.messages();
            var row = new LinkedHashMap<String, Number>();
            row.put("messages", plan.messages());
            row.put("round_trips_a_message", each);
            row.put("bytes_a_message", (double) (proxy.bytes() - bytes) / plan.messages());
            row.put("idle_round_trips_a_second", idle);
            findings.table("round trips").row(name, row);
            findings.target("round trips of a message, background included, " + name, each, Relation.AT_MOST, MOST);
        }
    }

    private static double idleTrips(CountingProxy proxy) {
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        long before = proxy.roundTrips();
        LockSupport.parkNanos(IDLE.toNanos());
        return (double) (proxy.roundTrips() - before) / IDLE.toSeconds();
    }

    private static void talk(Talker talker, String server, String conversation, int messages)
            throws InterruptedException {
        for (int i = 0; i < messages; i++) {
            var answered = talker.say(server, new Tag(conversation, 0, i), String.join(" ", List.of("a", "b", "c")));
            if (!answered.acknowledged()) {
                throw new IllegalStateException("not acknowledged: " + answered);
            }
        }
    }
}
