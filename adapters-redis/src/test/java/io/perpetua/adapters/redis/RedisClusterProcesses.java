package io.perpetua.adapters.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real cluster of three servers without replicas. */
public final class RedisClusterProcesses implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int NODES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<RedisProcess> nodes;

    private RedisClusterProcesses(List<RedisProcess> nodes) {
        this.nodes = nodes;
    }

    public static RedisClusterProcesses start() {
        var nodes = Stream.generate(() -> RedisProcess.start(
                        "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--appendfsync", "no"))
                .limit(NODES)
                .toList();
        var client = RedisClient.create();
        try {
            for (int i = 0; i < NODES; i++) {
                join(client, nodes, i);
            }
            nodes.forEach(node -> awaitOrder(client, node));
        } finally {
            client.shutdown();
        }
        return new RedisClusterProcesses(nodes);
    }

    private static void join(RedisClient client, List<RedisProcess> nodes, int i) {
        try (var connection = client.connect(RedisURI.create(nodes.get(i).url()))) {
            var commands = connection.sync();
            commands.clusterAddSlots(
                    IntStream.range(SLOTS * i / NODES, SLOTS * (i + 1) / NODES).toArray());
            commands.clusterMeet("127.0.0.1", nodes.getFirst().port());
        }
    }

    private static void awaitOrder(RedisClient client, RedisProcess node) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (var connection = client.connect(RedisURI.create(node.url()))) {
            while (!inOrder(connection.sync())) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(
                            "no cluster: " + connection.sync().clusterInfo());
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private static boolean inOrder(RedisCommands<String, String> commands) {
        String info = commands.clusterInfo();
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
    }

    /** Every node's address. */
    public String url() {
        return nodes.stream().map(RedisProcess::url).collect(Collectors.joining(","));
    }

    /** One node's address. */
    public String oneUrl() {
        return nodes.getLast().url();
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
