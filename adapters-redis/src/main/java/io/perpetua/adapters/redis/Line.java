package io.perpetua.adapters.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.perpetua.application.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is opened when the server is there, comes back by itself, and is not used while the server does not
 * answer a ping. Safe for concurrent use.
 */
final class Line implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    /** Between two addresses; the hosts of one of Sentinel are separated by commas, too. */
    private static final Pattern NEXT = Pattern.compile("\\s*,\\s*(?=redis(s|-sentinel)?://)");

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_PINGS = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    /** Unanswered pings after which a connection is given up: the other end may be gone without a word. */
    private static final int DEAD = 10;

    private static final Duration TOPOLOGY = Duration.ofSeconds(30);

    private final List<RedisURI> nodes;
    private final Duration timeout;
    private final ClientResources resources;
    private final ScheduledExecutorService prober = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("redis").daemon().factory());
    private volatile @Nullable Open open;
    private volatile boolean away = true;
    private volatile boolean reopen;
    private final LongAdder opened = new LongAdder();
    private volatile String reason = "no answer";
    /** Pings in a row that were not answered; the prober's own. */
    private int silent;

    /** An opened connection, and what has to be closed after it. */
    private record Open(
            StatefulConnection<byte[], byte[]> connection,
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            AutoCloseable client) {}

    /**
     * Tries to open a connection, and goes on trying.
     *
     * @param timeout how long a ping may take, and setting up a connection if that is longer than {@link #CONNECT}
     */
    Line(String url, Duration timeout) {
        nodes = NEXT.splitAsStream(url.strip()).map(Line::address).toList();
        this.timeout = timeout;
        var setup = timeout.compareTo(CONNECT) > 0 ? timeout : CONNECT;
        nodes.forEach(node -> node.setTimeout(setup));
        resources = ClientResources.builder()
                .reconnectDelay(Delay.exponential(Duration.ofMillis(20), LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
                .build();
        probe();
        if (away) {
            LOG.warn("Redis is not there yet, and is waited for: {}", reason);
        }
        var _ = prober.scheduleWithFixedDelay(
                this::probeIfAway, BETWEEN_PINGS.toMillis(), BETWEEN_PINGS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What commands are sent by.
     *
     * @throws StoreUnavailable while the server is away
     */
    RedisClusterAsyncCommands<byte[], byte[]> commands() {
        var current = open;
        if (away || current == null) {
            throw new StoreUnavailable("Redis is away", new IllegalStateException("no answer to a ping"));
        }
        return current.commands();
    }

    boolean away() {
        return away;
    }

    int opened() {
        return opened.intValue();
    }

    /** Without the text, in which there may be a password. */
    private static RedisURI address(String url) {
        try {
            return RedisURI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "perpetua.redis.url is no address that can be read: what is special in a "
                            + "password has to be written as a percent sign and two hexadecimal digits");
        }
    }

    /** This connection leads to a server that is not the one to ask any more: another is opened. */
    void astray() {
        doubt();
        reopen = true;
    }

    /** The server has not answered: it is away until it answers a ping. */
    void doubt() {
        if (!away) {
            away = true;
            LOG.warn("Redis does not answer");
        }
    }

    private void probeIfAway() {
        if (away) {
            boolean first = open == null;
            probe();
            if (!away) {
                LOG.info(first ? "Redis is there" : "Redis answers again");
            }
        }
    }

    @SuppressWarnings("IllegalCatch") // whatever keeps the server from answering, it is asked again
    private void probe() {
        try {
            if (reopen) {
                reopen = false;
                drop();
            }
            var current = open == null ? connect() : open;
            if (open == null) {
                open = current;
                opened.increment();
            }
            var pong = current.commands().ping().toCompletableFuture();
            pong.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            silent = 0;
            away = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            reason = String.valueOf(root(e).getMessage());
            LOG.debug("Redis does not answer", e);
            silent++;
            reopen |= open != null && silent >= DEAD;
        }
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    private void drop() {
        var current = open;
        open = null;
        silent = 0;
        if (current != null) {
            close(current);
        }
    }

    private Open connect() {
        boolean cluster = nodes.size() > 1;
        if (!cluster) {
            var client = RedisClient.create(resources, nodes.getFirst());
            client.setOptions(ClientOptions.builder()
                    .socketOptions(sockets())
                    .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                    .build());
            try {
                var connection = client.connect(ByteArrayCodec.INSTANCE);
                if (!inCluster(connection)) {
                    return new Open(connection, connection.async(), client);
                }
                client.shutdown();
            } catch (RedisException e) {
                client.shutdown();
                throw e;
            }
        }
        return cluster();
    }

    private Open cluster() {
        var client = RedisClusterClient.create(resources, nodes);
        client.setOptions(ClusterClientOptions.builder()
                .socketOptions(sockets())
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enableAllAdaptiveRefreshTriggers()
                        .enablePeriodicRefresh(TOPOLOGY)
                        .build())
                .build());
        try {
            StatefulRedisClusterConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
            return new Open(connection, connection.async(), client);
        } catch (RedisException e) {
            client.shutdown();
            throw e;
        }
    }

    private static SocketOptions sockets() {
        return SocketOptions.builder()
                .connectTimeout(CONNECT)
                .tcpNoDelay(true)
                .keepAlive(true)
                .build();
    }

    private static boolean inCluster(StatefulRedisConnection<byte[], byte[]> connection) {
        return connection.sync().info("cluster").contains("cluster_enabled:1");
    }

    @Override
    public void close() {
        prober.shutdownNow();
        drop();
        var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private static void close(Open opened) {
        var _ = opened.connection().closeAsync();
        try {
            opened.client().close();
        } catch (Exception e) {
            LOG.debug("Redis' client did not close", e);
        }
    }
}
