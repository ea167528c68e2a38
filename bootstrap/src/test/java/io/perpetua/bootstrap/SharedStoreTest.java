package io.perpetua.bootstrap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.redis.RedisProcess;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.access.CheckKey;
import io.perpetua.application.resilience.Circuits;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.resilience.RestHints;
import io.perpetua.application.resilience.RestHints.Hint;
import io.perpetua.domain.access.KeyText;
import io.perpetua.domain.routing.Rung;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final RedisProcess redis = RedisProcess.start();
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        config = Files.writeString(folder.resolve("perpetua.yml"), """
                perpetua:
                  store: redis
                  redis:
                    url: %s
                    timeout: 5s
                  data: %s
                  embedder: none
                """.formatted(redis.url(), folder.resolve("data")));
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void keys_madeAndRevokedBesideAServer_holdThere() {
        try (var server = Contexts.start(config, Map.of())) {
            var check = server.getBean(CheckKey.class);
            String key = keys("create", "laptop").strip();
            assertThat(keys("list"))
                    .contains("laptop", requireNonNull(KeyText.parse(key)).id());
            assertThat(check.caller(key)).isNotNull();

            keys("revoke", key);

            await(() -> refuses(check, key));
        }
    }

    @Test
    void hint_ofAnotherInstance_restsTheModelHere() {
        var rung = Rung.of("openai/gpt-4o");
        try (var server = Contexts.start(config, Map.of())) {
            var circuits = server.getBean(Circuits.class);
            assertThat(circuits.ask(rung)).isNotNull();

            server.getBean(RestHints.class)
                    .exchange("another", List.of(new Hint("openai", "gpt-4o", State.OPEN, Duration.ofMinutes(5))));

            await(() -> circuits.ask(rung) == null);
            assertThat(circuits.condition(rung).state()).isEqualTo(State.OPEN);
        }
    }

    private static boolean refuses(CheckKey check, String key) {
        try {
            check.caller(key);
            return false;
        } catch (RequestRefused e) {
            return true;
        }
    }

    private String keys(String command, String... words) {
        var run = CommandLineRun.of(
                Stream.concat(Stream.of("keys", command, "--config", config.toString()), Stream.of(words))
                        .toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
