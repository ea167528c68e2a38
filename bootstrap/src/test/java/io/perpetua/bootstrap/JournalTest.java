package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.domain.journal.Week;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of a running server, from outside. */
class JournalTest {

    private final Path folder;

    JournalTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void turns_answeredAndFailed_areThereAtOnceAndAfterARestart() throws IOException {
        try (var upstream = new ScriptedOpenAi()) {
            var file = config(upstream.url());
            try (var server = new RunningServer(file, folder.resolve("data"), Map.of());
                    var http = server.http()) {
                upstream.nextAnswer("One.");
                say(http, "a");
                upstream.nextAnswer("Two.");
                say(http, "a");
                upstream.next(exchange -> ScriptedUpstream.reply(exchange, 400, "{\"error\":{\"message\":\"no\"}}"));
                say(http, "b");

                var rows = http.get("/v1/turns").ok();
                assertThat(rows.path("next_cursor").isNull()).isTrue();
                assertThat(rows.path("data").findValuesAsText("conversation_id"))
                        .containsExactly("b", "a", "a");
                var failed = rows.path("data").path(0);
                assertThat(failed.path("outcome").asText()).isEqualTo("refused");
                assertThat(failed.path("error").asText()).isEqualTo("bad_request");
                var second = rows.path("data").path(1);
                assertThat(second.path("turn").asInt()).isEqualTo(4);
                assertThat(second.path("provider").asText()).isEqualTo("mine");
                assertThat(second.path("attempts").path(0).path("outcome").asText())
                        .isEqualTo("ok");
                assertThat(second.path("tokens").path("parts").path("message").asInt())
                        .isPositive();
                assertThat(second.path("finish_reason").asText()).isEqualTo("stop");
                assertThat(rows.toString()).doesNotContain("secret");

                assertThat(http.delete("/v1/conversations/a")).isEqualTo(200);
                assertThat(http.get("/v1/turns?conversation=a").ok().path("data"))
                        .isEmpty();
                assertThat(http.get("/v1/turns").ok().path("data")).hasSize(3);
            }
            try (var server = new RunningServer(file, folder.resolve("data"), Map.of());
                    var http = server.http()) {
                assertThat(http.get("/v1/turns?limit=2").ok().path("data")).hasSize(2);
                var rollUp = http.get("/v1/usage/rollups?period=weekly")
                        .ok()
                        .path("data")
                        .path(0);
                assertThat(rollUp.path("week").asText())
                        .isEqualTo(Week.of(Instant.now()).name());
                assertThat(value(rollUp, "turns")).isEqualTo(3);
                assertThat(value(rollUp, "answered")).isEqualTo(2);
                assertThat(value(rollUp, "error_rate"))
                        .as("the client's mistake")
                        .isZero();

                var run = CommandLineRun.of("rollup", "--week", "--config", file.toString());
                assertThat(run.err()).isEmpty();
                assertThat(run.out()).startsWith("# Week ").contains("| turns | 3 | 0 | +3 |", "| mine | 2 | 1 |");
            }
        }
    }

    private static double value(JsonNode rollUp, String figure) {
        return rollUp.path(figure).path("value").asDouble();
    }

    private Path config(String url) throws IOException {
        return Files.writeString(folder.resolve("perpetua.yml"), """
                perpetua:
                  data: %s
                  embedder: none
                  providers: {mine: {base_url: '%s', models: [small]}}
                """.formatted(folder.resolve("data"), url));
    }

    private static void say(Http http, String conversation) throws IOException {
        var body = Http.JSON.createObjectNode().put("model", "mine/small").put("conversation_id", conversation);
        body.putArray("messages").addObject().put("role", "user").put("content", "a secret " + System.nanoTime());
        http.post("/v1/chat/completions", body);
    }
}
