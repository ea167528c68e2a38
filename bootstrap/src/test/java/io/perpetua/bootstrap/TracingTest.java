package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.perpetua.bootstrap.Collector.Taken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The whole server, seen by a collector of traces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracingTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String SAID = "zzqsaid";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e47";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Pattern CELL = Pattern.compile("`([^`]+)`");

    private final Logger log = (Logger) LoggerFactory.getLogger("turn");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Collector collector;
    private final ScriptedOpenAi first;
    private final ScriptedOpenAi second;
    private final RunningServer server;
    private int traces;

    TracingTest(@TempDir Path folder) throws IOException {
        collector = new Collector();
        first = new ScriptedOpenAi();
        second = new ScriptedOpenAi();
        server = new RunningServer(
                folder,
                Map.ofEntries(
                        Map.entry("otel.exporter.otlp.endpoint", collector.url()),
                        Map.entry("otel.exporter.otlp.headers", "x-key=zzqkey"),
                        Map.entry("otel.bsp.schedule.delay", "20"),
                        Map.entry("perpetua.embedder", "none"),
                        Map.entry("perpetua.cache.enabled", false),
                        Map.entry("perpetua.retries.attempts", 0),
                        Map.entry("perpetua.routing.exploration", 0),
                        Map.entry("perpetua.circuits.failure_rate", 1),
                        Map.entry("perpetua.routing.pinned_fallback", true),
                        Map.entry(
                                "perpetua.ladders.default",
                                List.of("openai/gpt-4o-mini", "mistral/mistral-small-latest")),
                        Map.entry("openai.base.url", first.url()),
                        Map.entry("openai.api.key", "sk-zzqkey"),
                        Map.entry("mistral.base.url", second.url()),
                        Map.entry("mistral.api.key", "sk-zzqkey")));
    }

    @BeforeAll
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterAll
    void close() {
        log.detachAppender(lines);
        client.shutdownNow();
        server.close();
        second.close();
        first.close();
        collector.close();
    }

    @Test
    void turn_answeredByTheSecond_isATreeThatGoesOnAtTheProviders() throws Exception {
        String trace = fallback("tree");

        var root = ended(trace);
        assertThat(root.name()).isEqualTo("POST " + CHAT);
        assertThat(root.parent()).isEqualTo(PARENT);
        assertThat(root.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(root.service()).isEqualTo("perpetua");
        assertThat(root.failed()).isFalse();
        assertThat(root.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.route", CHAT)
                .containsEntry("http.response.status_code", "200")
                .containsEntry("gen_ai.conversation.id", "tree")
                .containsEntry("perpetua.turn", "2")
                .containsEntry("perpetua.mode", "full")
                .containsEntry("perpetua.ending", "answered")
                .containsEntry("perpetua.answered_by", "mistral/mistral-small-latest")
                .containsEntry("perpetua.fallback_used", "true")
                .containsEntry("perpetua.use_retrieval", "false")
                .containsEntry("perpetua.attempts", "openai/gpt-4o-mini unavailable,mistral/mistral-small-latest ok")
                .containsKeys("perpetua.intent", "perpetua.tokens.sent", "perpetua.tokens.full", "perpetua.cache");
        var children = collector.below(root);
        assertThat(children)
                .extracting(Taken::name)
                .containsExactly("admission", "context", "chat gpt-4o-mini", "chat mistral-small-latest", "store");
        assertThat(children).allSatisfy(child -> {
            assertThat(child.begun()).isGreaterThanOrEqualTo(root.begun());
            assertThat(child.ended()).isLessThanOrEqualTo(root.ended());
        });
        var refused = children.get(2);
        assertThat(refused.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
        assertThat(refused.failed()).isTrue();
        assertThat(refused.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("error.type", "unavailable")
                .containsEntry("http.response.status_code", "503")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("perpetua.outcome", "unavailable");
        var answered = children.get(3);
        assertThat(answered.failed()).isFalse();
        assertThat(answered.attributes())
                .containsEntry("gen_ai.provider.name", "mistral_ai")
                .containsEntry("gen_ai.request.model", "mistral-small-latest")
                .containsEntry("gen_ai.response.model", "gpt-4o-mini")
                .containsEntry("gen_ai.response.finish_reasons", "stop")
                .containsEntry("gen_ai.usage.input_tokens", "20")
                .containsEntry("gen_ai.usage.output_tokens", "5")
                .containsEntry("gen_ai.request.stream", "false")
                .containsEntry("perpetua.outcome", "ok");
        assertThat(collector.below(children.get(4)))
                .singleElement()
                .satisfies(write ->
                        assertThat(write.attributes()).containsEntry("gen_ai.operation.name", "create_memory"));
        assertThat(sent(first)).startsWith(refused.traceparent());
        assertThat(sent(second)).startsWith(answered.traceparent());
        assertThat(second.requests().getLast().headers().getFirst("Tracestate")).isEqualTo("some=thing");
        assertThat(collector.keys()).contains("zzqkey");
    }

    @Test
    void turn_line_namesItsTrace() throws Exception {
        String whole = fallback("line");
        String streamed = streamed("line-2");

        for (String trace : List.of(whole, streamed)) {
            var root = ended(trace);
            assertThat(lines.list)
                    .filteredOn(line -> trace.equals(line.getMDCPropertyMap().get("trace_id")))
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMDCPropertyMap()).containsEntry("span_id", root.id()));
        }
    }

    @Test
    void figures_inOpenMetrics_nameATrace() throws Exception {
        String trace = fallback("figures");
        ended(trace);

        String figures = send(HttpRequest.newBuilder(address("/metrics"))
                        .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"))
                .body();
        assertThat(figures.lines())
                .anyMatch(line ->
                        line.startsWith("turns_duration_seconds_bucket") && line.contains("trace_id=\"" + TRACE));
        assertThat(figures).endsWith("# EOF\n");
        assertThat(send(HttpRequest.newBuilder(address("/metrics"))).body()).doesNotContain("trace_id");
    }

    @Test
    void stream_endsWithItsLastChunk() throws Exception {
        var root = ended(streamed("stream"));

        assertThat(root.attributes()).containsEntry("perpetua.ending", "answered");
        var children = collector.below(root);
        assertThat(children)
                .extracting(Taken::name)
                .containsExactly("admission", "context", "chat gpt-4o-mini", "store");
        var call = children.get(2);
        assertThat(call.attributes())
                .containsEntry("gen_ai.request.stream", "true")
                .containsEntry("gen_ai.usage.output_tokens", "5")
                .containsKey("gen_ai.response.time_to_first_chunk");
        assertThat(root.ended()).isGreaterThanOrEqualTo(children.get(3).ended());
        assertThat(children.get(3).begun()).isGreaterThanOrEqualTo(call.ended());
    }

    @Test
    void stream_thatBreaksOff_isAnErrorWithTheStatusOfItsBeginning() throws Exception {
        var root = ended(broken("broken"));

        assertThat(root.failed()).isTrue();
        assertThat(root.attributes())
                .containsEntry("http.response.status_code", "200")
                .containsEntry("perpetua.ending", "broken")
                .containsEntry("error.type", "truncated");
    }

    @Test
    void turn_refusedByTheProvider_isTheClientsMistake() throws Exception {
        var root = ended(refused("refused"));

        assertThat(root.failed()).isFalse();
        assertThat(root.attributes())
                .containsEntry("http.response.status_code", "400")
                .containsEntry("perpetua.ending", "refused")
                .containsEntry("error.type", "bad_request");
        assertThat(collector.below(root)).extracting(Taken::name).endsWith("chat gpt-4o-mini", "store");
    }

    @Test
    void request_thatIsNone_isNoTurn() throws Exception {
        String trace = next();
        post(trace, CHAT, "{\"model\":\"auto\",\"messages\":\"" + SAID + "\"}");

        var root = ended(trace);
        assertThat(root.attributes())
                .containsEntry("http.response.status_code", "400")
                .doesNotContainKey("perpetua.ending");
        assertThat(root.failed()).isFalse();
        assertThat(collector.below(root)).isEmpty();
    }

    @Test
    void client_thatLeaves_endsTheCallAndTheRequest() throws Exception {
        var root = ended(left("left"));

        assertThat(root.attributes()).containsEntry("perpetua.ending", "left");
        assertThat(root.failed()).isFalse();
        assertThat(collector.below(root))
                .filteredOn(span -> span.name().equals("chat gpt-4o-mini"))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.attributes()).containsEntry("perpetua.outcome", "cancelled");
                    assertThat(call.failed()).isFalse();
                });
    }

    @Test
    void memory_isSearchedWithinTheContext() throws Exception {
        String told = remembered("long");
        assertThat(collector.below(ended(told))).extracting(Taken::name).containsExactly("create_memory");
        String trace = next();
        first.nextAnswer(SAID);
        post(trace, CHAT, asking("long", false).toString());

        var root = ended(trace);
        assertThat(root.attributes()).containsEntry("perpetua.use_retrieval", "true");
        var context = collector.below(root).get(1);
        assertThat(context.name()).isEqualTo("context");
        assertThat(collector.below(context))
                .singleElement()
                .satisfies(search ->
                        assertThat(search.attributes()).containsEntry("gen_ai.operation.name", "search_memory"));
    }

    @Test
    void memory_erased_isAnOperationOfItsOwn() throws Exception {
        fallback("erased");
        var root = ended(erased("erased"));

        assertThat(root.name()).isEqualTo("DELETE /v1/conversations/{id}");
        assertThat(collector.below(root)).extracting(Taken::name).containsExactly("delete_memory");
    }

    @Test
    void everything_isOnThePage_andNothingThatWasSaid() throws Exception {
        var seen = List.of(
                fallback("page"),
                streamed("page"),
                broken("page"),
                refused("page"),
                left("page"),
                remembered("page-2"),
                erased("page"));
        String searching = next();
        first.nextAnswer(SAID);
        post(searching, CHAT, asking("page-2", false).toString());
        for (String trace : Stream.concat(seen.stream(), Stream.of(searching)).toList()) {
            ended(trace);
        }

        var names = new TreeSet<String>();
        var attributes = new TreeSet<String>();
        for (Taken span : collector.spans()) {
            names.add(span.name()
                    .replaceFirst("^(POST|DELETE) .*", "METHOD route")
                    .replaceFirst("^chat .*", "chat model"));
            attributes.addAll(span.attributes().keySet());
        }
        assertThat(documented("## Spans")).isEqualTo(names);
        assertThat(documented("## Attributes")).containsAll(attributes);
        assertThat(documented("## Attributes").stream().filter(name -> !attributes.contains(name)))
                .containsExactlyInAnyOrder(
                        "gen_ai.input.messages", "gen_ai.output.messages", "perpetua.degraded"); // content, and faults
        assertThat(collector.bytes()).contains("gen_ai.request.model").doesNotContain(SAID, "zzqkey");
    }

    /** A turn that the second answers; its trace. */
    private String fallback(String conversation) throws Exception {
        String trace = next();
        first.next(exchange -> ScriptedUpstream.reply(exchange, 503, "{\"error\":{\"message\":\"" + SAID + "\"}}"));
        second.nextAnswer(SAID);
        assertThat(post(trace, CHAT, asking(conversation, false).toString()).statusCode())
                .isEqualTo(200);
        return trace;
    }

    private String streamed(String conversation) throws Exception {
        String trace = next();
        first.next(exchange -> {
            ScriptedOpenAi.begin(exchange);
            ScriptedOpenAi.say(exchange, SAID);
            ScriptedOpenAi.end(exchange);
        });
        assertThat(post(trace, CHAT, asking(conversation, true).toString()).body())
                .contains("[DONE]");
        return trace;
    }

    private String broken(String conversation) throws Exception {
        String trace = next();
        first.next(exchange -> {
            ScriptedOpenAi.begin(exchange);
            ScriptedOpenAi.say(exchange, SAID);
        });
        assertThat(post(trace, CHAT, asking(conversation, true).toString()).body())
                .contains("event: error");
        return trace;
    }

    private String refused(String conversation) throws Exception {
        String trace = next();
        first.next(exchange -> ScriptedUpstream.reply(
                exchange, 400, "{\"error\":{\"message\":\"" + SAID + "\",\"type\":\"invalid_request_error\"}}"));
        assertThat(post(trace, CHAT, asking(conversation, false).toString()).statusCode())
                .isEqualTo(400);
        return trace;
    }

    private String left(String conversation) throws Exception {
        String trace = next();
        first.next(exchange -> {
            ScriptedOpenAi.begin(exchange);
            try {
                while (true) {
                    ScriptedOpenAi.say(exchange, SAID);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (IOException e) {
                // nobody listens any longer
            }
        });
        byte[] body = asking(conversation, true).toString().getBytes(StandardCharsets.UTF_8);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var head =
                    "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\ntraceparent: "
                            + traceparent(trace) + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            var heard = new StringBuilder();
            while (heard.indexOf(SAID) < 0) {
                heard.append((char) socket.getInputStream().read());
            }
        }
        return trace;
    }

    /** A conversation that is too long to be sent whole. */
    private String remembered(String conversation) throws Exception {
        String trace = next();
        var adding = Http.JSON.createObjectNode().put("conversation_id", conversation);
        var messages = adding.putArray("messages");
        for (int i = 0; i < 60; i++) {
            messages.addObject().put("role", "user").put("content", SAID + " " + i + " and more of it".repeat(40));
            messages.addObject().put("role", "assistant").put("content", SAID + " again " + i);
        }
        assertThat(post(trace, "/v1/memory/add", adding.toString()).statusCode())
                .isEqualTo(200);
        return trace;
    }

    private String erased(String conversation) throws Exception {
        String trace = next();
        send(HttpRequest.newBuilder(address("/v1/conversations/" + conversation))
                .header("traceparent", traceparent(trace))
                .DELETE());
        return trace;
    }

    private static ObjectNode asking(String conversation, boolean stream) {
        var asking = Http.JSON
                .createObjectNode()
                .put("model", "openai/gpt-4o-mini")
                .put("conversation_id", conversation)
                .put("stream", stream);
        asking.putArray("messages").addObject().put("role", "user").put("content", "What of " + SAID + "?");
        return asking;
    }

    private synchronized String next() {
        return TRACE + "%02x".formatted(++traces);
    }

    private static String traceparent(String trace) {
        return "00-" + trace + "-" + PARENT + "-01";
    }

    private static String sent(ScriptedUpstream upstream) {
        return Objects.requireNonNull(upstream.requests().getLast().headers().getFirst("Traceparent"));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private HttpResponse<String> post(String trace, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(address(path))
                .header("Content-Type", "application/json")
                .header("traceparent", traceparent(trace))
                .header("tracestate", "some=thing")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** The request's own span, with everything below it, once it has come. */
    private Taken ended(String trace) {
        ServerProcess.await(
                "the end of " + trace,
                () -> collector.trace(trace).stream()
                        .anyMatch(span -> span.parent().equals(PARENT)));
        return collector.trace(trace).stream()
                .filter(span -> span.parent().equals(PARENT))
                .findFirst()
                .orElseThrow();
    }

    /** What the first cells of a section's table name. */
    private static Set<String> documented(String heading) throws IOException {
        return Files.readString(Path.of("..", "docs", "traces.md"))
                .lines()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> CELL.matcher(line.split(" \\| ", -1)[0]).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
