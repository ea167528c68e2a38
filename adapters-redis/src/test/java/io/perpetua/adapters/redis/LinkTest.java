package io.perpetua.adapters.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LinkTest {

    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] KEY = bytes("{a}key");

    @Test
    void ask_pausedServer_isUnavailableAndComesBack() {
        try (var redis = RedisProcess.start();
                var link = new Link(redis.url(), TIMEOUT)) {
            set(link, "before");
            redis.pause();
            assertThatThrownBy(() -> get(link)).isInstanceOf(StoreUnavailable.class);
            assertThat(link.away()).isTrue();
            long asked = link.roundTrips();
            assertThatThrownBy(() -> get(link)).isInstanceOf(StoreUnavailable.class);
            assertThat(link.roundTrips()).as("nobody waits a second time").isEqualTo(asked);
            redis.resume();
            awaitBack(link);
            assertThat(get(link)).isEqualTo("before");
        }
    }

    @Test
    void ask_serverThatIsAlwaysALittleSlow_isWaitedForNoLongerThanOneThatIsAway() throws InterruptedException {
        try (var redis = RedisProcess.start();
                var link = new Link(redis.url(), TIMEOUT)) {
            var answers = new AtomicInteger();
            Thread.ofVirtual()
                    .start(() -> assertThatThrownBy(() -> {
                                while (true) {
                                    link.<Boolean>ask(
                                            commands -> commands.blpop(0.2, KEY).thenApply(nothing -> nothing == null));
                                    answers.incrementAndGet();
                                }
                            })
                            .isInstanceOf(StoreUnavailable.class))
                    .join();

            assertThat(answers.get()).isLessThanOrEqualTo(2);
            assertThat(link.away()).as("for others").isFalse();
            set(link, "of another thread");
        }
    }

    @Test
    void askPatiently_longerThanTheTimeout_isWaitedFor() {
        try (var redis = RedisProcess.start();
                var link = new Link(redis.url(), TIMEOUT)) {
            double seconds = TIMEOUT.multipliedBy(3).toMillis() / 1_000.0;

            assertThat(link.<Boolean>askPatiently(
                            commands -> commands.blpop(seconds, KEY).thenApply(nothing -> nothing == null)))
                    .isTrue();

            assertThat(link.away()).isFalse();
        }
    }

    @Test
    void ask_killedServer_comesBackWithWhatItHad() {
        try (var redis = RedisProcess.start();
                var link = new Link(redis.url(), TIMEOUT)) {
            set(link, "kept");
            redis.kill();
            assertThatThrownBy(() -> get(link)).isInstanceOf(StoreUnavailable.class);
            redis.restart();
            awaitBack(link);
            assertThat(get(link)).isEqualTo("kept");
        }
    }

    @Test
    void link_serverThatIsNotThereYet_isUnavailableUntilItIs() {
        var redis = RedisProcess.start();
        redis.kill();
        try (redis;
                var link = new Link(redis.url(), TIMEOUT)) {
            assertThatThrownBy(() -> get(link)).isInstanceOf(StoreUnavailable.class);
            redis.restart();
            awaitBack(link);
            set(link, "now");
            assertThat(get(link)).isEqualTo("now");
        }
    }

    @Test
    void askAll_ofACluster_asksEveryNodeInOneRoundTrip() {
        try (var cluster = RedisClusterProcesses.start();
                var link = new Link(cluster.oneUrl(), Duration.ofSeconds(2))) {
            var keys = List.of("{1}", "{2}", "{3}", "{4}", "{5}", "{6}");
            link.askAll(keys.stream()
                    .<Link.Question<String>>map(key -> commands -> commands.set(bytes(key), bytes(key)))
                    .toList());
            long before = link.roundTrips();

            var answers = link.askAll(keys.stream()
                    .<Link.Question<byte[]>>map(key -> commands -> commands.get(bytes(key)))
                    .toList());

            assertThat(answers.stream().map(answer -> new String(answer, UTF_8)))
                    .isEqualTo(keys);
            assertThat(link.roundTrips() - before).isEqualTo(1);
        }
    }

    @Test
    void link_addressThatIsNone_isToldWithoutThePassword() {
        assertThatThrownBy(() -> new Link("redis://:se^cret@host:6379", TIMEOUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("perpetua.redis.url")
                .hasMessageNotContaining("cret")
                .hasNoCause();
        assertThat(new RedisSettings("redis://:secret@host", TIMEOUT).toString())
                .doesNotContain("secret");
    }

    @Test
    void ask_serverThatIsSilentForLong_isReachedByAnotherConnection() throws IOException {
        var cuts = new AtomicInteger();
        try (var redis = RedisProcess.start();
                var relay = new Relay(redis.port(), () -> {
                    int made = cuts.get();
                    return (direction, bytes) -> cuts.get() == made; // a connection made after the cut is in order
                });
                var link = new Link(relay.url(), Duration.ofMillis(200))) {
            set(link, "before");
            cuts.incrementAndGet();
            assertThatThrownBy(() -> get(link)).isInstanceOf(StoreUnavailable.class);
            await(() -> link.connections() > 1);
            awaitBack(link);
            assertThat(get(link)).isEqualTo("before");
        }
    }

    @Test
    void ask_serverThatOnlyReads_isUnavailable() {
        try (var main = RedisProcess.start();
                var redis = RedisProcess.start("--replicaof", "127.0.0.1", Integer.toString(main.port()));
                var link = new Link(redis.url(), Duration.ofSeconds(2))) {
            int before = link.connections();
            assertThatThrownBy(() -> set(link, "x")).isInstanceOf(StoreUnavailable.class);
            await(() -> link.connections() > before);
        }
    }

    @Test
    void ask_bySentinel_reachesTheMaster() {
        try (var redis = RedisProcess.start();
                var sentinel = RedisProcess.sentinel(redis);
                var link = new Link(
                        "redis-sentinel://127.0.0.1:" + sentinel.port() + "," + "127.0.0.1:" + sentinel.port()
                                + "#main",
                        Duration.ofSeconds(2))) {
            set(link, "by Sentinel");
            assertThat(get(link)).isEqualTo("by Sentinel");
        }
    }

    @Test
    void run_scriptThatTheServerDoesNotKnow_isSentWhole() {
        try (var redis = RedisProcess.start();
                var link = new Link(redis.url(), Duration.ofSeconds(2))) {
            var script = Script.of("return redis.call('SET', KEYS[1], ARGV[1])");
            for (int i = 0; i < 2; i++) {
                String value = "value " + i;
                link.ask(commands ->
                        Link.run(commands, script, ScriptOutputType.STATUS, new byte[][] {KEY}, bytes(value)));
                assertThat(get(link)).isEqualTo(value);
            }
        }
    }

    @Test
    void ask_fullServer_saysSo() {
        try (var redis = RedisProcess.start("--maxmemory", "1mb", "--maxmemory-policy", "noeviction");
                var link = new Link(redis.url(), Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> set(link, "x".repeat(2_000_000)))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class, e -> assertThat(e.full()).isTrue());
            assertThat(link.away()).isFalse();
        }
    }

    private static void set(Link link, String value) {
        link.ask(commands -> commands.set(KEY, bytes(value)));
    }

    private static String get(Link link) {
        return new String(link.<byte[]>ask(commands -> commands.get(KEY)), UTF_8);
    }

    private static void awaitBack(Link link) {
        await(() -> !link.away());
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
