package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures after traffic of every kind, read as Prometheus reads them; and what dashboard and alerts make of them. */
class MetricsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)(?:\\{([a-z_, ]+)\\})?` \\|.*", Pattern.DOTALL);

    /** What moves only where pixels are read; and what was seen to move by {@link #queue}, and is back where it was. */
    private static final Set<String> AS_BEFORE =
            Set.of("vision_decode_cache_misses_total", "queue_depth", "queue_served");

    /** Meters of Micrometer's own, about the process. */
    private static final Set<String> OF_THE_PROCESS = Set.of("jvm", "process", "system");

    private final Path folder;

    MetricsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void metrics_afterTrafficOfEveryKind_eachHasMovedAsItShould() throws Exception {
        try (var one = new ScriptedOpenAi();
                var two = new ScriptedOpenAi();
                var server = new RunningServer(config(one, two), folder.resolve("data"), Map.of());
                var http = server.http()) {
            var before = Scrape.of(http.text("/metrics"));

            chat(http, one, two);
            queue(http, two);
            facts(http);
            documents(http);

            var after = Scrape.of(http.text("/metrics"));
            for (String name : documented().keySet()) {
                if (!AS_BEFORE.contains(name)) {
                    assertThat(after.all(name)).as(name).isNotEmpty().isNotEqualTo(before.all(name));
                }
            }
            turns(after);
            queueAndLimits(after);
            factsAndDocuments(after);
            new Observability(after).check();
        }
    }

    @Test
    void page_labels_areThoseThatAreShown() throws IOException {
        assertThat(documented())
                .hasSizeGreaterThan(40)
                .containsEntry("queue_rejections_total", Set.of("queue", "reason"));
    }

    private static void turns(Scrape after) {
        assertThat(after.sum("turns_total", "outcome", "answered")).isEqualTo(21);
        assertThat(after.sum("turns_total", "outcome", "refused")).isEqualTo(1);
        assertThat(after.sum("turns_duration_seconds")).isEqualTo(22);
        assertThat(after.sum("cache_hits_total")).isEqualTo(1);
        assertThat(after.sum("provider_requests_total", "provider", "one")).isEqualTo(3);
        assertThat(after.sum("provider_errors_total", "provider", "one")).isEqualTo(2);
        assertThat(after.sum("provider_errors_total", "provider", "two")).isEqualTo(2); // one was a client's mistake
        assertThat(after.sum("provider_retries_total", "provider", "two")).isEqualTo(1);
        assertThat(after.sum("provider_fallbacks_total")).isEqualTo(2);
        assertThat(after.sum("circuit_breaker_state", "provider", "one", "state", "open"))
                .isEqualTo(1);
        assertThat(after.sum("circuit_breaker_state", "provider", "one", "state", "closed"))
                .isZero();
        assertThat(after.sum("tokens_total", "type", "input")).isEqualTo(20 * 20);
        assertThat(after.sum("tokens_total", "type", "output")).isEqualTo(20 * 5);
        assertThat(after.sum("cost_usd_total")).isBetween(0.000029, 0.000031); // 20 at 1 $ and 5 at 2 $ a million
        assertThat(after.sum("price_missing_total")).isEqualTo(19);
        assertThat(after.sum("token_budget_overflows_total")).isEqualTo(1);
        assertThat(after.sum("token_budget_summarizations_total", "author", "summarizer"))
                .isPositive();
        assertThat(after.sum("context_storage_total")).isEqualTo(2 * 21 + 1);
        assertThat(after.sum("context_assembly_duration_seconds")).isEqualTo(22);
    }

    private static void queueAndLimits(Scrape after) {
        assertThat(after.sum("queue_wait_duration_seconds", "queue", "chats")).isEqualTo(22);
        assertThat(after.sum("queue_rejections_total", "queue", "chats", "reason", "queue_full"))
                .isEqualTo(1);
        assertThat(after.sum("queue_expired_total", "queue", "chats")).isEqualTo(1);
        assertThat(after.sum("queue_depth")).isZero();
        assertThat(after.sum("rate_limit_allowed_total", "kind", "requests")).isEqualTo(2);
        assertThat(after.sum("rate_limit_hits_total", "kind", "requests")).isEqualTo(1);
    }

    private static void factsAndDocuments(Scrape after) {
        assertThat(after.sum("facts_insert_requests_total")).isEqualTo(3);
        assertThat(after.sum("facts_duplicates_total")).isEqualTo(1);
        assertThat(after.sum("facts_query_requests_total", "outcome", "found")).isEqualTo(1);
        for (String call : Set.of("search", "decode", "index")) {
            assertThat(after.sum("vision_" + call + "_requests_total", "outcome", "ok"))
                    .as(call)
                    .isEqualTo(call.equals("decode") ? 2 : 1);
            assertThat(after.sum("vision_" + call + "_errors_total")).as(call).isEqualTo(1);
        }
        assertThat(after.sum("vision_documents_total", "outcome", "ok")).isEqualTo(1);
        assertThat(after.sum("vision_decode_cache_hits_total")).isEqualTo(2);
    }

    private void chat(Http http, ScriptedOpenAi one, ScriptedOpenAi two) throws IOException {
        one.nextAnswer("One.");
        http.post("/v1/chat/completions", say("auto", "a", "hello")).ok();
        http.post("/v1/chat/completions", say("auto", "b", "hello")).ok(); // from the cache

        one.next(MetricsTest::fail);
        two.nextAnswer("Two.");
        http.post("/v1/chat/completions", say("one/small", "b", "and now?")).ok();

        one.next(MetricsTest::fail); // which opens its circuit
        two.next(MetricsTest::fail);
        two.nextAnswer("Three.");
        http.post("/v1/chat/completions", say("one/small", "b", "and then?")).ok();

        two.next(exchange -> ScriptedUpstream.reply(exchange, 400, "{\"error\":{\"message\":\"no\"}}"));
        assertThat(http.post("/v1/chat/completions", say("two/small", "c", "what?"))
                        .status())
                .isEqualTo(400);

        for (int i = 0; i < 13; i++) {
            two.nextAnswer("words ".repeat(60) + i);
            http.post("/v1/chat/completions", say("two/small", "long", "tell me of " + i + " " + "more ".repeat(60)))
                    .ok();
        }
        await(http, scrape -> scrape.sum("token_budget_summarizations_total") > 0);

        two.nextAnswer("Much.");
        var large = say("two/small", "d", "word ".repeat(1_500));
        large.putObject("memory_config").put("token_budget", 1_000);
        http.post("/v1/chat/completions", large).ok();

        for (int i = 0; i < 2; i++) {
            two.nextAnswer("Yes " + i);
            http.post(
                            "/v1/chat/completions",
                            say("two/small", "e", "number " + i).put("user", "anna"))
                    .ok();
        }
        assertThat(http.post(
                                "/v1/chat/completions",
                                say("two/small", "e", "number 3").put("user", "anna"))
                        .status())
                .isEqualTo(429);
    }

    /** One is served, one waits in vain, one is turned away at once. */
    private void queue(Http http, ScriptedOpenAi two) throws Exception {
        var mayAnswer = new CountDownLatch(1);
        two.next(exchange -> {
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ScriptedOpenAi.begin(exchange);
            ScriptedOpenAi.say(exchange, "At last.");
            ScriptedOpenAi.end(exchange);
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> whole = () -> http.post("/v1/chat/completions", say("two/small", "f", "hello?"))
                    .status();
            Future<Integer> served = threads.submit(() -> http.stream(
                            "/v1/chat/completions",
                            say("two/small", "g", "are you there?").put("stream", true))
                    .size());
            await(http, scrape -> scrape.sum("queue_served", "queue", "chats") == 1);
            var waits = threads.submit(whole);
            await(http, scrape -> scrape.sum("queue_depth", "queue", "chats") == 1);
            assertThat(whole.call()).isEqualTo(503);
            assertThat(waits.get()).isEqualTo(503);
            mayAnswer.countDown();
            assertThat(served.get()).isPositive();
        } finally {
            mayAnswer.countDown();
        }
    }

    private static void facts(Http http) throws IOException {
        var fact = Http.JSON
                .createObjectNode()
                .put("subject", "gateway")
                .put("predicate", "runs on")
                .put("object", "port 8081")
                .put("confidence", 0.9);
        assertThat(http.post("/v1/facts", fact).status()).isEqualTo(201);
        http.post("/v1/facts", fact).ok();
        assertThat(http.post("/v1/facts", fact.deepCopy().put("confidence", 0.1))
                        .status())
                .isEqualTo(422);
        http.post("/v1/facts/query", Http.JSON.createObjectNode().put("subject", "gateway"))
                .ok();
    }

    private static void documents(Http http) throws IOException {
        var document = Http.JSON
                .createObjectNode()
                .put(
                        "document",
                        Base64.getEncoder()
                                .encodeToString(
                                        "# Manual\n\nTurn the crank thrice.\n".getBytes(StandardCharsets.UTF_8)));
        document.put("media_type", "text/markdown");
        assertThat(http.post("/v1/vision/index", document).status()).isEqualTo(202);
        await(http, scrape -> scrape.sum("vision_documents_total") == 1);
        var found = http.post("/v1/vision/search", Http.JSON.createObjectNode().put("query", "crank"))
                .ok();
        var decode = Http.JSON.createObjectNode().put("fidelity", "1x");
        decode.putArray("region_ids")
                .add(found.path("regions").path(0).path("region_id").asText());
        http.post("/v1/vision/decode", decode).ok();
        http.post("/v1/vision/decode", decode).ok();
        for (String call : Set.of("index", "search", "decode")) {
            assertThat(http.post("/v1/vision/" + call, Http.JSON.createObjectNode())
                            .status())
                    .as(call)
                    .isEqualTo(400);
        }
    }

    private static void await(Http http, Predicate<Scrape> until) throws IOException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!until.test(Scrape.of(http.text("/metrics")))) {
            if (System.nanoTime() > end) {
                throw new AssertionError(http.text("/metrics"));
            }
            Thread.onSpinWait();
        }
    }

    private static ObjectNode say(String model, String conversation, String text) {
        var body = Http.JSON.createObjectNode().put("model", model).put("conversation_id", conversation);
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return body;
    }

    private static void fail(HttpExchange exchange) throws IOException {
        ScriptedUpstream.reply(exchange, 500, "{\"error\":{\"message\":\"down\"}}");
    }

    private Path config(ScriptedOpenAi one, ScriptedOpenAi two) throws IOException {
        return Files.writeString(
                folder.resolve("perpetua.yml"), """
                perpetua:
                  data: %s
                  embedder: none
                  providers:
                    one: {base_url: '%s', models: [{name: small, input: 1, output: 2}]}
                    two: {base_url: '%s', models: [small]}
                  ladders: {default: [one/small, two/small]}
                  routing: {exploration: 0, pinned_fallback: true}
                  retries: {attempts: 1, delay: 1ms}
                  circuits: {window: 4, minimum_calls: 3, failure_rate: 0.6}
                  admission: {at_once: 1, waiting: 1, patience: 1s}
                  limits: {user: {requests_per_minute: 2}}
                  mode: {balanced_from: 400, safe_from: 5000}
                  memory: {recent_tokens: 400}
                """.formatted(folder.resolve("data"), one.url(), two.url()));
    }

    /** The figures that the page lists, with their labels. */
    private static Map<String, Set<String>> documented() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/metrics.md")).stream()
                .map(ROW::matcher)
                .filter(match -> match.matches())
                .filter(match -> !OF_THE_PROCESS.contains(
                        match.group(1).substring(0, match.group(1).indexOf('_'))))
                .collect(Collectors.toMap(
                        match -> match.group(1),
                        match -> match.group(2) == null
                                ? Set.of()
                                : new TreeSet<>(Set.of(match.group(2).split(", ", -1)))));
    }
}
