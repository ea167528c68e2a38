package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopTest {

    private static final int UNAVAILABLE = 503;
    private static final int NOBODY = 0;

    @Test
    void terminate_duringAStream_announcesItAndEndsTheStreamFirst(@TempDir Path folder) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        var goOn = new CountDownLatch(1);
        try (var upstream = new ScriptedOpenAi()) {
            upstream.next(exchange -> {
                ScriptedOpenAi.begin(exchange);
                ScriptedOpenAi.say(exchange, "First half, ");
                await(goOn);
                ScriptedOpenAi.say(exchange, "second half.");
                ScriptedOpenAi.end(exchange);
            });
            var settings = Map.of(
                    "OPENAI_BASE_URL", upstream.url(), "OPENAI_API_KEY", "sk-test", "PERPETUA_STOP_NOTICE", "4s");
            try (var server = ServerProcess.start(data, settings);
                    var lines = server.http().lines("/v1/chat/completions", asking())) {
                var stream = lines.iterator();
                String line = stream.next();
                while (!line.contains("First half")) {
                    line = stream.next();
                }
                server.terminate();
                ServerProcess.await("the announcement", () -> server.readiness() == UNAVAILABLE);
                ServerProcess.await("the listener to close", () -> server.readiness() == NOBODY);
                goOn.countDown();
                String last = line;
                boolean second = false;
                while (stream.hasNext()) {
                    line = stream.next();
                    second |= line.contains("second half");
                    last = line.isEmpty() ? last : line;
                }
                assertThat(second).isTrue();
                assertThat(last).isEqualTo("data: [DONE]");
                server.ended();
            }
        }
        try (var again = ServerProcess.start(data, Map.of())) {
            var turns = again.http().get("/v1/conversations/stopped/turns").ok().path("data");
            assertThat(turns.findValuesAsText("text"))
                    .containsExactly("Tell me both halves.", "First half, second half.");
            assertThat(again.http().get("/v1/turns?conversation=stopped").ok().path("data"))
                    .hasSize(1);
        }
        assertThat(Files.readString(folder.resolve("data.log"))).doesNotContain("Exception");
    }

    private static JsonNode asking() {
        var body = Http.JSON
                .createObjectNode()
                .put("model", "auto")
                .put("stream", true)
                .put("conversation_id", "stopped");
        body.putArray("messages").addObject().put("role", "user").put("content", "Tell me both halves.");
        return body;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
