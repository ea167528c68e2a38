package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters that trip programs over, on their way through the store, the index and the provider. */
class OddTextTest {

    private final RunningServer server;
    private final ScriptedUpstream upstream;
    private final Http http;

    OddTextTest(@TempDir Path folder) throws IOException {
        upstream = new ScriptedUpstream();
        server = new RunningServer(
                folder.resolve("data"),
                Map.of(
                        "perpetua.embedder", "none",
                        "perpetua.providers.up.dialect", "openai",
                        "perpetua.providers.up.base-url", upstream.url() + "/v1",
                        "perpetua.providers.up.models", "m"));
        http = new Http(server.port());
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before\0after lighthouse",
                "\0 lighthouse \0",
                "\uFFFF\uFFFE lighthouse \u0001\u001F\u007F\u0085\u2028",
                "\u202Elighthouse\u202C \u200B\uFEFF e\u0301 👩‍👩‍👧",
            })
    void text_ofAnyCharacters_isKeptFoundAndSentToTheLetter(String text) throws IOException {
        upstream.next(exchange -> ScriptedUpstream.reply(exchange, 200, """
                {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",
                 "message":{"role":"assistant","content":"Noted."}}],
                 "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""));
        http.post("/v1/chat/completions", asking(text)).ok();

        assertThat(upstream.asked().getLast().at("/messages/0/content").asText())
                .isEqualTo(text);
        assertThat(http.get("/v1/conversations/odd/turns")
                        .ok()
                        .at("/data/0/text")
                        .asText())
                .isEqualTo(text);
        assertThat(http.get("/v1/conversations/odd/export")
                        .ok()
                        .at("/turns/0/message/content")
                        .asText())
                .isEqualTo(text);
        var query = Http.JSON.createObjectNode().put("conversation_id", "odd").put("query", "lighthouse");
        assertThat(http.post("/v1/memory/query", query)
                        .ok()
                        .at("/matches/0/text")
                        .asText())
                .isEqualTo(text);
    }

    @Test
    void identifier_withANul_isRefused() throws IOException {
        assertThat(http.post("/v1/chat/completions", asking("x").put("conversation_id", "a\0b"))
                        .status())
                .isEqualTo(400);
    }

    private static ObjectNode asking(String text) {
        var body = Http.JSON.createObjectNode().put("model", "up/m").put("conversation_id", "odd");
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return body;
    }
}
