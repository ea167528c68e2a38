package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the server as its users run it. */
class LogFormatTest {

    private static final String KEY = "zzqkey";
    private static final String SAID = "zzqsaid";

    private final Path folder;

    LogFormatTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void json_eachLineIsAnObject_andThoseOfATurnNameItsTrace() throws IOException {
        var log = run(Map.of(
                "PERPETUA_LOG_FORMAT", "json",
                "PERPETUA_TRACING_EXPORTER", "console",
                "OTEL_EXPORTER_OTLP_HEADERS", "x=" + KEY,
                "OTEL_SERVICE_NAME", "some",
                "OTEL_BSP_SCHEDULE_DELAY", "50"));

        var lines = new ArrayList<JsonNode>();
        for (String line : log) {
            lines.add(Http.JSON.readTree(line));
        }
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("timestamp").isIntegralNumber()).isTrue();
            assertThat(line.path("level").asText()).isNotEmpty();
            assertThat(line.path("loggerName").asText()).isNotEmpty();
            assertThat(line.path("formattedMessage").asText()).isNotEmpty();
        });
        var turn = lines.stream()
                .filter(line -> line.path("loggerName").asText().equals("turn"))
                .toList();
        assertThat(turn).singleElement().satisfies(line -> {
            assertThat(line.at("/formattedMessage").asText()).startsWith("answered conversation=logged");
            assertThat(line.at("/mdc/trace_id").asText()).matches("[0-9a-f]{32}");
            assertThat(line.at("/mdc/span_id").asText()).matches("[0-9a-f]{16}");
        });
        String trace = turn.getFirst().at("/mdc/trace_id").asText();
        assertThat(lines)
                .as("the spans on the console")
                .anyMatch(line -> line.path("loggerName").asText().endsWith("LoggingSpanExporter")
                        && line.path("formattedMessage").asText().contains(trace));
    }

    @Test
    void text_aTurnIsALineWithItsTrace() throws IOException {
        var log = run(Map.of("OTEL_TRACES_EXPORTER", "console", "OTEL_BSP_SCHEDULE_DELAY", "50"));

        assertThat(log)
                .filteredOn(line -> line.contains(" turn "))
                .singleElement()
                .asString()
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  turn [0-9a-f]{32} [0-9a-f]{16} - answered .*");
        assertThat(log).anyMatch(line -> line.startsWith("Perpetua listens on "));
    }

    /** The log of a server that has answered one turn, nothing of which is in it. */
    private List<String> run(Map<String, String> settings) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path log = folder.resolve("data.log");
        try (var server = ServerProcess.start(data, settings)) {
            var asking = Http.JSON.createObjectNode().put("model", "auto").put("conversation_id", "logged");
            asking.putArray("messages").addObject().put("role", "user").put("content", SAID);
            server.http().post("/v1/chat/completions", asking).ok();
            ServerProcess.await("the span in the log", () -> read(log).contains("chat offline"));
        }
        assertThat(read(log)).doesNotContain(SAID, KEY);
        return read(log).lines().toList();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
