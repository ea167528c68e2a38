package io.perpetua.adapters.redis;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The servers that contracts are run against: one, a cluster, and the one that {@code REDIS_URL} names, if it does. */
final class Deployment {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Deployment ONE = new Deployment("one server", Deployment::one, false);
    private static final Deployment CLUSTER = new Deployment("a cluster", Deployment::cluster, false);

    private final String name;
    private final Supplier<String> start;
    private final boolean given;
    private String url = "";
    private List<Link> links = List.of();

    private Deployment(String name, Supplier<String> start, boolean given) {
        this.name = name;
        this.start = start;
        this.given = given;
    }

    /** Those that there are. */
    static List<Deployment> all() {
        var all = new ArrayList<>(List.of(ONE, CLUSTER));
        String given = System.getenv("REDIS_URL");
        if (given != null) {
            all.add(new Deployment("REDIS_URL", () -> given, true));
        }
        return all;
    }

    /** One instance's way to the server, which is started when it is needed first, and stops with this process. */
    Link link() {
        return links().getFirst();
    }

    /** One instance's way or another's, by who asks. */
    Link anyLink() {
        return links().get(Math.floorMod(Thread.currentThread().threadId(), links().size()));
    }

    private synchronized List<Link> links() {
        if (links.isEmpty()) {
            url = start.get();
            links = List.of(new Link(url, TIMEOUT), new Link(url, TIMEOUT));
        }
        return links;
    }

    /** From now on there is no room left for anything, or there is again. Of a server that was given that is not possible. */
    void full(boolean is) {
        assumeFalse(is && given, "the given server is left as it is");
        if (!given) {
            links();
            var client = RedisClient.create();
            try {
                Arrays.stream(url.split(",")).forEach(node -> bound(client, node, is ? "1" : "0"));
            } finally {
                client.shutdown();
            }
        }
    }

    private static void bound(RedisClient client, String node, String bytes) {
        try (var connection = client.connect(RedisURI.create(node))) {
            connection.sync().configSet("maxmemory", bytes);
        }
    }

    private static String one() {
        var redis = RedisProcess.start("--appendonly", "no");
        stopAtTheEnd(redis::close);
        return redis.url();
    }

    private static String cluster() {
        var redis = RedisClusterProcesses.start();
        stopAtTheEnd(redis::close);
        return redis.url();
    }

    private static void stopAtTheEnd(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "redis-stop"));
    }

    @Override
    public String toString() {
        return name;
    }
}
