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
    private static final Duration TOPOLOGY = Duration.ofSeconds(30);

    private final List<RedisURI> nodes;
    private final Duration timeout;
    private final ClientResources resources;
    private final ScheduledExecutorService prober = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("redis").daemon().factory());
    private volatile @Nullable Open open;
    private volatile boolean away = true;
    private final Comeback comeback = new Comeback();

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
        nodes = NEXT.splitAsStream(url.strip()).map(RedisURI::create).toList();
        this.timeout = timeout;
        var setup = timeout.compareTo(CONNECT) > 0 ? timeout : CONNECT;
        nodes.forEach(node -> node.setTimeout(setup));
        resources = ClientResources.builder()
                .reconnectDelay(Delay.exponential(Duration.ofMillis(20), LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
                .build();
        probe();
        if (away) {
            LOG.warn("Redis is not there yet, and is waited for");
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

    /** The server has not answered: it is away until it answers a ping. */
    void doubt() {
        if (!away) {
            comeback.lost(System.nanoTime());
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
            var current = open == null ? connect() : open;
            open = current;
            var pong = current.commands().ping().toCompletableFuture();
            pong.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (comeback.answered(System.nanoTime())) {
                away = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("Redis does not answer", e);
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
        return SocketOptions.builder().connectTimeout(CONNECT).tcpNoDelay(true).build();
    }

    private static boolean inCluster(StatefulRedisConnection<byte[], byte[]> connection) {
        return connection.sync().info("cluster").contains("cluster_enabled:1");
    }

    @Override
    public void close() {
        prober.shutdownNow();
        var current = open;
        if (current != null) {
            current.connection().close();
            try {
                current.client().close();
            } catch (Exception e) {
                LOG.debug("Redis' client did not close", e);
            }
        }
        var _ = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
