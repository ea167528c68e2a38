package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces at the end of the server, without anybody who takes them, and of what is said. */
class TracingEndsTest {

    private final Path folder;

    TracingEndsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void stop_sendsWhatWaits_withWhatIsSaidWhereThatIsWanted() throws IOException {
        try (var collector = new Collector()) {
            try (var server = start(Map.of(
                            "otel.exporter.otlp.endpoint",
                            collector.url(),
                            "otel.bsp.schedule.delay",
                            "3600000",
                            "perpetua.tracing.content",
                            true));
                    var http = server.http()) {
                ask(http);
                assertThat(collector.spans()).isEmpty();
            }

            assertThat(collector.spans()).anyMatch(span -> span.name().equals("POST /v1/chat/completions"));
            assertThat(collector.spans())
                    .filteredOn(span -> span.name().equals("chat offline"))
                    .singleElement()
                    .satisfies(call -> {
                        assertThat(call.attribute("gen_ai.input.messages"))
                                .isEqualTo(
                                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"zzqsaid\"}]}]");
                        assertThat(call.attribute("gen_ai.output.messages")).contains("\"role\":\"assistant\"");
                    });
        }
    }

    @Test
    void collector_thatIsNotThere_isNobodysTrouble() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (var server = start(Map.of(
                        "otel.exporter.otlp.endpoint",
                        "http://127.0.0.1:" + nobody,
                        "otel.bsp.schedule.delay",
                        "1",
                        "otel.bsp.max.queue.size",
                        "4",
                        "otel.bsp.max.export.batch.size",
                        "4"));
                var http = server.http()) {
            for (int i = 0; i < 50; i++) {
                ask(http);
            }
        }
    }

    @Test
    void exporter_none_sendsNothing() throws IOException {
        try (var collector = new Collector()) {
            try (var server = start(Map.of(
                            "otel.exporter.otlp.endpoint", collector.url(), "perpetua.tracing.exporter", "none"));
                    var http = server.http()) {
                ask(http);
            }

            assertThat(collector.spans()).isEmpty();
        }
    }

    @Test
    void protocol_thatIsNotSpoken_isAComplaint() {
        assertThatThrownBy(() -> start(Map.of(
                                "otel.exporter.otlp.endpoint", "http://127.0.0.1:4317",
                                "otel.exporter.otlp.protocol", "grpc"))
                        .close())
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("http/protobuf");
    }

    private RunningServer start(Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("perpetua.embedder", "none");
        all.put("otel.java.exporter.otlp.retry.disabled", "true");
        return new RunningServer(folder.resolve("data"), all);
    }

    private static void ask(Http http) throws IOException {
        var asking = Http.JSON.createObjectNode().put("model", "offline/offline");
        asking.putArray("messages").addObject().put("role", "user").put("content", "zzqsaid");
        http.post("/v1/chat/completions", asking).ok();
    }
}
