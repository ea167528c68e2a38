package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server in front of a provider that does not speak OpenAI's protocol. */
class AnthropicServerTest {

    private static final String TOOL_STREAM = """
            data: {"type":"message_start","message":{"id":"msg_1","model":"claude-sonnet-5-5","usage":{"input_tokens":10,\
            "cache_read_input_tokens":90,"output_tokens":1}}}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"now","input":{}}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":20}}

            data: {"type":"message_stop"}

            """;

    private static final String WHOLE = """
            {"id":"msg_2","type":"message","role":"assistant","model":"claude-sonnet-5-5",\
            "content":[{"type":"text","text":"It is noon."}],"stop_reason":"end_turn",\
            "usage":{"input_tokens":100,"output_tokens":50}}""";

    private final Queue<Map.Entry<String, String>> answers = new ConcurrentLinkedQueue<>();
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpServer upstream;

    @SuppressWarnings("NullAway.Init") // made before each test
    private RunningServer server;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Http http;

    @BeforeEach
    void start(@TempDir Path data) throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/v1/messages", exchange -> {
            try (exchange) {
                asked.add(Http.JSON.readTree(exchange.getRequestBody()));
                var answer = answers.remove();
                byte[] body = answer.getValue().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", answer.getKey());
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        upstream.start();
        server = new RunningServer(
                data,
                Map.of(
                        "anthropic.api.key",
                        "k",
                        "anthropic.base.url",
                        "http://127.0.0.1:" + upstream.getAddress().getPort()));
        http = new Http(server.port());
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
        upstream.stop(0);
    }

    private static ObjectNode asking(String role, String content) {
        var body = Http.JSON
                .createObjectNode()
                .put("model", "anthropic/claude-sonnet-5-5")
                .put("conversation_id", "c");
        body.putArray("messages").addObject().put("role", role).put("content", content);
        return body;
    }

    @Test
    void toolLoop_streamedThenWhole_keepsWhatTheModelWantsBackAndCountsEveryTokenOnce() throws IOException {
        answers.add(Map.entry("text/event-stream", TOOL_STREAM));
        answers.add(Map.entry("application/json", WHOLE));

        var chunks = http.stream(
                "/v1/chat/completions", asking("user", "What time is it?").put("stream", true));
        var report = asking("tool", "12:00");
        ((ObjectNode) report.path("messages").path(0)).put("tool_call_id", "toolu_1");
        var whole = http.post("/v1/chat/completions", report).ok();

        assertThat(chunks).noneMatch(chunk -> chunk.has("usage")); // nobody asked for it
        var metadata = chunks.getLast().path("perpetual_metadata");
        assertThat(metadata.at("/usage/input").asInt()).isEqualTo(100);
        assertThat(metadata.at("/usage/cached_input").asInt()).isEqualTo(90);
        assertThat(metadata.at("/usage/source").asText()).isEqualTo("provider");
        assertThat(metadata.path("cost_usd").asDouble()).isEqualTo((10 * 2 + 90 * 0.1 + 20 * 10) / 1e6);
        assertThat(asked.get(1).at("/messages/1/content"))
                .extracting(block -> block.path("type").asText())
                .containsExactly("thinking", "tool_use");
        assertThat(asked.get(1).at("/messages/2/content/0/tool_use_id").asText())
                .isEqualTo("toolu_1");
        assertThat(whole.at("/choices/0/message/content").asText()).isEqualTo("It is noon.");
        assertThat(whole.at("/perpetual_metadata/model").asText()).isEqualTo("claude-sonnet-5-5");
    }
}
