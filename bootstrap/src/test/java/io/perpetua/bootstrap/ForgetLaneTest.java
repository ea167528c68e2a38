package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetLaneTest {

    @Test
    void conversationThatNobodyAddsTo_goesWithItsDocument(@TempDir Path folder) throws IOException {
        try (var server = new RunningServer(
                        folder, Map.of("perpetua.embedder", "none", "perpetua.memory.forget-after", "2s"));
                var http = server.http()) {
            var said = Http.JSON.createObjectNode().put("conversation_id", "idle");
            said.putArray("messages").addObject().put("role", "user").put("content", "hello");
            http.post("/v1/memory/add", said).ok();
            var document = Http.JSON
                    .createObjectNode()
                    .put("media_type", "text/markdown")
                    .put("document", Base64.getEncoder().encodeToString("# Crank".getBytes(StandardCharsets.UTF_8)));
            document.putObject("metadata").put("conversation_id", "idle");
            assertThat(http.post("/v1/vision/index", document).status()).isEqualTo(202);

            ServerProcess.await("the conversation to go", () -> status(http) == 404);
            ServerProcess.await("its document to go", () -> documents(http) == 0);
        }
    }

    private static int status(Http http) {
        try {
            return http.get("/v1/conversations/idle").status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int documents(Http http) {
        try {
            return http.get("/v1/vision/documents").ok().path("data").size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
