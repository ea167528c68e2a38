package io.perpetua.adapters.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The servers that contracts are run against: one, a cluster, and the one that {@code REDIS_URL} names, if it does. */
final class Deployment {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Deployment ONE = new Deployment("one server", Deployment::one);
    private static final Deployment CLUSTER = new Deployment("a cluster", Deployment::cluster);

    private final String name;
    private final Supplier<String> start;
    private @Nullable String url;

    private Deployment(String name, Supplier<String> start) {
        this.name = name;
        this.start = start;
    }

    /** Those that there are. */
    static List<Deployment> all() {
        var all = new ArrayList<>(List.of(ONE, CLUSTER));
        String given = System.getenv("REDIS_URL");
        if (given != null) {
            all.add(new Deployment("REDIS_URL", () -> given));
        }
        return all;
    }

    /** A new way to the server, which is started when it is needed first, and stops with this process. */
    Link link() {
        return new Link(url(), TIMEOUT);
    }

    private synchronized String url() {
        if (url == null) {
            url = start.get();
        }
        return url;
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
