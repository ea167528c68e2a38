package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The files of the configuration are changed while the server runs. */
@Timeout(120)
class ReloadTest {

    private static final Map<String, Object> SETTINGS =
            Map.of("perpetua.embedder", "none", "perpetua.reload.every", "20ms");

    private final Path folder;
    private final Path file;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage());
        }
    };

    ReloadTest(@TempDir Path folder) {
        this.folder = folder;
        file = folder.resolve("perpetua.yml");
    }

    @BeforeEach
    void listen() {
        appender.start();
        ((Logger) LoggerFactory.getLogger(Reload.class)).addAppender(appender);
    }

    @AfterEach
    void leave() {
        ((Logger) LoggerFactory.getLogger(Reload.class)).detachAppender(appender);
    }

    @Test
    void providersAndLadders_changed_areAskedFromThenOn() throws IOException {
        try (var one = new ScriptedOpenAi();
                var two = new ScriptedOpenAi()) {
            write("providers: {mine: {base_url: '" + one.url() + "', models: [small]}}");
            try (var server = server();
                    var http = server.http()) {
                one.nextAnswer("One.");
                assertThat(answer(http)).isEqualTo("One.");

                write("""
                        providers:
                          mine: {base_url: '%s', models: [large]}
                          other: {base_url: '%s', models: [tiny]}
                        ladders: {default: [other/tiny, mine/large]}
                        """.formatted(two.url(), one.url()));
                await(http, "/v1/models", models -> ids(models).contains("mine/large"));

                assertThat(ids(http.get("/v1/models").ok()))
                        .contains("other/tiny")
                        .doesNotContain("mine/small");
                assertThat(http.post("/v1/route", asking(false))
                                .ok()
                                .path("ladder")
                                .findValuesAsText("model"))
                        .containsExactly("tiny", "large");
                assertThat(http.get("/v1/providers").ok().path("providers").findValuesAsText("name"))
                        .contains("other", "mine");
                one.nextAnswer("Tiny.");
                assertThat(answer(http)).isEqualTo("Tiny.");
                two.nextAnswer("Two.");
                assertThat(answer(http, "mine/large")).isEqualTo("Two.");
                assertThat(configuration(http).path("status").asText()).isEqualTo("UP");
            }
        }
    }

    @Test
    void limits_changed_holdFromThenOn() throws IOException {
        write("limits: {user: {requests_per_minute: 100}}");
        try (var server = server();
                var http = server.http()) {
            var asking = asking(false).put("user", "anna");
            assertThat(http.post("/v1/chat/completions", asking).status()).isEqualTo(200);

            write("limits: {user: {requests_per_minute: 1}}");
            while (!Objects.equals(server.bean(LimitsInForce.class).get().user().requestsPerMinute(), 1L)) {
                Thread.onSpinWait(); // the test's time limit ends it
            }

            assertThat(http.post("/v1/chat/completions", asking).status()).isEqualTo(200);
            assertThat(http.post("/v1/chat/completions", asking).status()).isEqualTo(429);
        }
    }

    @Test
    void mistakes_keepWhatThereWasAndAreTold_untilTheyAreMended() throws IOException {
        write("providers: {mine: {base_url: 'http://127.0.0.1:1', models: [small]}}");
        try (var server = server();
                var http = server.http()) {
            write("""
                    providers: {mine: {base_url: 'nowhere', api_key: 'my secret', models: [large]}}
                    mode: {safe_from: 1}
                    """);
            await(http, "/health", health -> health.path("status").asText().equals("DEGRADED"));

            assertThat(configuration(http).path("needed").asBoolean()).isFalse();
            assertThat(configuration(http).path("detail").asText())
                    .contains("perpetua.providers.mine.base_url: expected a URL", "perpetua.mode.safe_from")
                    .contains("perpetua.providers.mine.api_key")
                    .doesNotContain("secret");
            assertThat(log.getLast())
                    .contains("stays in force as it was", "perpetua.mode.safe_from: expected")
                    .doesNotContain("secret");
            assertThat(http.get("/health/readiness").status()).isEqualTo(200);
            assertThat(ids(http.get("/v1/models").ok())).contains("mine/small").doesNotContain("mine/large");

            Files.writeString(file, "perpetua: {providers: {mi");
            await(http, "/health", health -> detail(health).contains("is no YAML"));
            Files.writeString(file, "");
            await(http, "/health", health -> detail(health).contains("is empty"));
            Files.delete(file);
            await(http, "/health", health -> detail(health).contains("There is no configuration file"));
            assertThat(ids(http.get("/v1/models").ok())).contains("mine/small");

            write("providers: {mine: {base_url: 'http://127.0.0.1:1', models: [large]}}");
            await(http, "/health", health -> health.path("status").asText().equals("UP"));
            assertThat(ids(http.get("/v1/models").ok())).contains("mine/large");
        }
    }

    @Test
    void streamsUnderWay_reloadedSeveralTimes_endAsTheyBeganAndLeaveNoClient() throws IOException {
        var goOn = new CountDownLatch(1);
        var before = clients();
        try (var one = new ScriptedOpenAi();
                var two = new ScriptedOpenAi()) {
            for (int i = 0; i < 3; i++) {
                one.next(exchange -> {
                    ScriptedOpenAi.begin(exchange);
                    ScriptedOpenAi.say(exchange, "First half, ");
                    await(goOn);
                    ScriptedOpenAi.say(exchange, "second half.");
                    ScriptedOpenAi.end(exchange);
                });
            }
            write("providers: {mine: {base_url: '" + one.url() + "', api_key: k0, models: [small]}}");
            try (var server = server();
                    var http = server.http()) {
                var streams = new ArrayList<Iterator<String>>();
                for (int i = 1; i <= 3; i++) {
                    var stream =
                            http.lines("/v1/chat/completions", asking(true)).iterator();
                    String line = stream.next();
                    while (!line.contains("First half")) {
                        line = stream.next();
                    }
                    streams.add(stream);
                    // Each time the provider is asked with another key, and so is another one.
                    write("providers: {mine: {base_url: '%s', api_key: k%d, models: [small, next%d]}}"
                            .formatted(one.url(), i, i));
                    String model = "mine/next" + i;
                    await(http, "/v1/models", models -> ids(models).contains(model));
                }
                write("providers: {mine: {base_url: '" + two.url() + "', models: [last]}}");
                await(http, "/v1/models", models -> ids(models).contains("mine/last"));
                two.nextAnswer("Two.");
                assertThat(answer(http)).isEqualTo("Two.");

                goOn.countDown();
                for (var stream : streams) {
                    var rest = new ArrayList<String>();
                    stream.forEachRemaining(line -> {
                        if (!line.isEmpty()) {
                            rest.add(line);
                        }
                    });
                    assertThat(rest).anyMatch(line -> line.contains("second half."));
                    assertThat(rest.getLast()).isEqualTo("data: [DONE]");
                }
                ServerProcess.await("the clients of the replaced providers to close", () -> {
                    var now = clients();
                    now.removeAll(before);
                    return now.size() <= 2; // the newest provider's, and this test's own
                });
                assertThat(one.requests())
                        .extracting(request -> request.headers().getFirst("Authorization"))
                        .containsExactly("Bearer k0", "Bearer k1", "Bearer k2");
            }
        }
    }

    @Test
    void prices_listChanged_areShownAndCalls_keepTheirStanding() throws IOException {
        var prices = folder.resolve("prices.json");
        Files.writeString(prices, prices(1));
        try (var upstream = new ScriptedOpenAi()) {
            write("""
                    providers: {openai: {base_url: '%s', api_key: k, models: [gpt-4o]}}
                    prices: {files: ['%s']}
                    """.formatted(upstream.url(), prices));
            try (var server = server();
                    var http = server.http()) {
                upstream.next(exchange -> ScriptedUpstream.reply(
                        exchange, 401, "{\"error\":{\"message\":\"no\",\"code\":\"invalid_api_key\"}}"));
                http.post("/v1/chat/completions", asking(false));
                assertThat(state(http)).isEqualTo("key_refused");
                assertThat(input(http.get("/v1/models").ok())).isEqualTo(1);

                Files.writeString(prices, prices(2));
                await(http, "/v1/models", models -> input(models) == 2);
                assertThat(state(http)).isEqualTo("key_refused");

                Files.writeString(prices, "{");
                await(http, "/health", health -> detail(health).contains("perpetua.prices.files"));
                assertThat(input(http.get("/v1/models").ok())).isEqualTo(2);
                Files.writeString(prices, prices(3));
                await(http, "/v1/models", models -> input(models) == 3);
            }
        }
    }

    @Test
    void keysThatStay_changed_areNamedInTheLog() throws IOException {
        write("token_budget: {total: 8000}");
        try (var server = server();
                var http = server.http()) {
            write("{token_budget: {total: 9000}, cache: {ttl: 2h}, providers: {ollama: {models: [m]}}}");
            await(http, "/v1/models", models -> ids(models).contains("ollama/m"));
            assertThat(log)
                    .contains(
                            "A change of perpetua.token_budget.total takes effect at the next start",
                            "A change of perpetua.cache.ttl takes effect at the next start")
                    .noneMatch(line -> line.contains("providers"));
        }
    }

    private RunningServer server() {
        return new RunningServer(file, folder.resolve("data"), SETTINGS);
    }

    /** Puts {@code lines} of the section in the place of the file, as editors do it. */
    private void write(String lines) throws IOException {
        var next = Files.writeString(folder.resolve("next"), "perpetua:\n" + lines.indent(2));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(Http http, String path, Predicate<JsonNode> condition) {
        ServerProcess.await(path, () -> {
            try {
                return condition.test(http.get(path).json());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static ObjectNode asking(boolean stream) {
        var body = Http.JSON
                .createObjectNode()
                .put("model", "auto")
                .put("stream", stream)
                .put("use_memory", false);
        body.putArray("messages").addObject().put("role", "user").put("content", "Is it Tuesday? " + System.nanoTime());
        return body;
    }

    private static String answer(Http http) throws IOException {
        return answer(http, "auto");
    }

    private static String answer(Http http, String model) throws IOException {
        return http.post("/v1/chat/completions", asking(false).put("model", model))
                .ok()
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asText();
    }

    private static List<String> ids(JsonNode models) {
        return models.path("data").findValuesAsText("id");
    }

    private static JsonNode configuration(Http http) throws IOException {
        return http.get("/health").json().path("dependencies").path("configuration");
    }

    private static String detail(JsonNode health) {
        return health.path("dependencies").path("configuration").path("detail").asText();
    }

    private static String state(Http http) throws IOException {
        return http.get("/v1/providers")
                .ok()
                .path("providers")
                .path(0)
                .path("models")
                .path(0)
                .path("state")
                .asText();
    }

    private static double input(JsonNode models) {
        return StreamSupport.stream(models.path("data").spliterator(), false)
                .filter(model -> model.path("id").asText().equals("openai/gpt-4o"))
                .findFirst()
                .orElseThrow()
                .path("pricing")
                .path("input")
                .asDouble();
    }

    private static String prices(int dollars) {
        return """
                {"gpt-4o": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 9000,
                    "input_cost_per_token": %de-06, "output_cost_per_token": 9e-05}}
                """.formatted(dollars);
    }

    /** One thread of every HTTP client: the others of it come and go with its calls. */
    private static List<Thread> clients() {
        return new ArrayList<>(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-")
                        && thread.getName().endsWith("SelectorManager"))
                .toList());
    }
}
