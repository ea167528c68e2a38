package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says of each turn. */
class TurnLogTest {

    private final Logger turns = (Logger) LoggerFactory.getLogger("turn");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Path folder;

    TurnLogTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void listen() {
        log.start();
        turns.addAppender(log);
    }

    @AfterEach
    void leave() {
        turns.detachAppender(log);
    }

    @Test
    void turn_anyName_isOneLineWithoutAWordOfIt() throws IOException {
        var file = Files.writeString(folder.resolve("perpetua.yml"), "perpetua: {embedder: none}");
        try (var server = new RunningServer(file, folder.resolve("data"), Map.of());
                var http = server.http()) {
            var asking = Http.JSON.createObjectNode().put("model", "auto").put("conversation_id", "a b ending=left");
            asking.putArray("messages").addObject().put("role", "user").put("content", "a secret thing");
            http.post("/v1/chat/completions", asking).ok();
        }

        assertThat(log.list).hasSize(1);
        assertThat(log.list.getFirst().getFormattedMessage())
                .startsWith("answered conversation=a_b_ending_left turn=2 mode=full intent=")
                .contains(" by=offline/offline attempts=1 cache=MISS sent=", " cost=")
                .doesNotContain("secret")
                .doesNotContain("\n");
    }
}
