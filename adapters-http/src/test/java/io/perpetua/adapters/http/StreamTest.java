package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.routing.ProviderFailure.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamTest {

    private static final String BODY =
            "{\"model\":\"auto\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final World world = new World(Map.of("perpetua.http.keep-alive-comments", "20ms"));
    private final ScriptedProvider.Reply reply = world.provider.reply;

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void complete_streamed_eventsArriveOneByOne() throws IOException {
        try (var client = new RawClient(world.server.getPort())) {
            client.post("/v1/chat/completions", BODY);
            reply.content("{\"n\":1}");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("content-type: text/event-stream")
                    .contains("x-conversation-id: c")
                    .contains("x-mode-used: full")
                    .contains("x-provider: fake")
                    .contains("x-cache: miss");
            assertThat(client.event()).isEqualTo("data: {\"n\":1}\n\n");
            reply.content("{\"n\":\n2}");
            assertThat(client.event()).isEqualTo("data: {\"n\": 2}\n\n");
            reply.end("{\"n\":3}");
            assertThat(client.event())
                    .startsWith("data: {\"n\":3,\"perpetual_metadata\":{\"conversation_id\":\"c")
                    .endsWith("}}\n\n");
            assertThat(client.event()).isEqualTo("data: [DONE]\n\n");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void complete_nothingComes_commentsKeepTheConnectionAlive() throws IOException {
        try (var client = new RawClient(world.server.getPort())) {
            client.post("/v1/chat/completions", BODY);
            reply.content("{}");
            client.head();
            assertThat(client.eventOrComment()).isEqualTo("data: {}\n\n");
            assertThat(client.eventOrComment()).isEqualTo(": keep-alive\n\n");
            assertThat(client.eventOrComment()).isEqualTo(": keep-alive\n\n");
        }
    }

    @Test
    void complete_breaksOff_endsWithAnErrorEvent() throws IOException {
        try (var client = new RawClient(world.server.getPort())) {
            client.post("/v1/chat/completions", BODY);
            reply.content("{\"n\":1}");
            client.head();
            assertThat(client.event()).isEqualTo("data: {\"n\":1}\n\n");
            reply.breakOff(Kind.TRUNCATED);
            assertThat(client.event())
                    .startsWith("event: error\ndata: {\"error\":{\"message\":\"broke off\",\"type\":\"api_error\"");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void complete_clientLeaves_closesTheUpstreamCall() throws Exception {
        try (var client = new RawClient(world.server.getPort())) {
            client.post("/v1/chat/completions", BODY);
            reply.content("{\"n\":1}");
            client.head();
            client.event();
        }
        assertThat(reply.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void complete_afterItsEnd_theConnectionServesOn() throws IOException {
        try (var client = new RawClient(world.server.getPort())) {
            client.post("/v1/chat/completions", BODY);
            reply.content("{}");
            reply.end("{}");
            client.head();
            assertThat(client.rest()).endsWith("data: [DONE]\n\n");
            client.send("GET /health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
        }
    }
}
