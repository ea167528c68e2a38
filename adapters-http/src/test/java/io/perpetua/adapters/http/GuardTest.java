package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.http.json.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, greedy, or do not keep to HTTP. */
@Timeout(60)
class GuardTest {

    private static final String COMPLETIONS = "/v1/chat/completions";
    private static final String QUERY = "POST /v1/memory/query HTTP/1.1\r\nHost: localhost\r\n";
    private static final String LIVENESS = "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private World world = new World();

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET /health/liveness HTTP/1.1\r\nHost: te",
                QUERY + "Content-Length: 100\r\n\r\n{",
                QUERY + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":",
            })
    void request_slowerThanItsDeadline_is408AndTheEnd(String begun) throws IOException {
        restart(Map.of("perpetua.http.request-deadline", "100ms"));
        try (var client = client()) {
            client.send(begun);
            assertRefused(client, 408, "request_timeout");
        }
    }

    @Test
    void request_inTimeAfterAnother_isServed() throws IOException {
        restart(Map.of("perpetua.http.request-deadline", "5s"));
        try (var client = client()) {
            for (int i = 0; i < 3; i++) {
                client.send(LIVENESS);
                assertThat(client.body(client.head())).contains("UP");
            }
        }
    }

    @Test
    void connection_withoutARequest_isClosedAfterTheIdleTime() throws IOException {
        restart(Map.of("perpetua.http.idle-timeout", "100ms"));
        try (var silent = client();
                var served = client()) {
            served.send(LIVENESS);
            served.body(served.head());
            assertThat(silent.ended()).isTrue();
            assertThat(served.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answer_silentForLongerThanEveryLimit_isAwaited(boolean stream) throws Exception {
        restart(Map.of("perpetua.http.idle-timeout", "100ms", "perpetua.http.request-deadline", "100ms"));
        try (var client = client()) {
            client.post(COMPLETIONS, chat(stream, "Hi"));
            world.provider.awaitAsked(1);
            awaitIdleTime();
            awaitIdleTime();
            if (stream) {
                world.provider.reply.content("{}");
                String head = client.head();
                assertThat(client.event()).startsWith("data: ");
                awaitIdleTime();
                world.provider.reply.end("{}");
                assertThat(head).startsWith("HTTP/1.1 200");
                assertThat(client.rest()).endsWith("data: [DONE]\n\n");
            } else {
                world.provider.reply.whole(ScriptedProvider.COMPLETION);
                assertThat(client.body(client.head())).contains("Hello");
            }
        }
    }

    @Test
    void answer_ofWhichTheClientTakesNothing_isEnded() throws Exception {
        restart(Map.of("perpetua.http.idle-timeout", "200ms"));
        try (var client = client()) {
            client.post(COMPLETIONS, chat(true, "Hi"));
            world.provider.awaitAsked(1);
            String megabyte = "\"" + "x".repeat(1 << 20) + "\"";
            for (int i = 0; i < 64; i++) {
                world.provider.reply.content(megabyte);
            }
            assertThat(world.provider.reply.closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Lets as much time pass as closes an idle connection. */
    private void awaitIdleTime() throws IOException {
        try (var idle = client()) {
            assertThat(idle.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "snappy", "x-gzip", "identity, gzip", "made-up"})
    void body_encoded_is415(String encoding) throws IOException {
        try (var client = client()) {
            client.send(QUERY + "Content-Encoding: " + encoding + "\r\nContent-Length: 1000000\r\n\r\n");
            assertRefused(client, 415, "unsupported_content_encoding");
        }
    }

    @Test
    void body_identity_isRead() throws IOException {
        try (var client = client()) {
            client.send(QUERY + "Content-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.body(client.head())).contains("missing_required_parameter");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n', 414, request_line_too_long",
        "'GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: %s\r\n\r\n', 431, headers_too_large",
    })
    void head_oversized_isRefused(String request, int status, String code) throws IOException {
        try (var client = client()) {
            client.send(request.formatted("x".repeat(20_000)));
            assertRefused(client, status, code);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\1\2\3\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nBad\0Name: x\r\n\r\n",
                QUERY + "Content-Length: x\r\n\r\n{}",
                QUERY + "Content-Length: -2\r\n\r\n{}",
                QUERY + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                QUERY + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                QUERY + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n",
                QUERY + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                QUERY + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}",
                QUERY + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                QUERY + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}garbage0\r\n\r\n",
            })
    void request_notHttpOrAmbiguous_is400AndTheEnd(String request) throws IOException {
        try (var client = client()) {
            client.send(request);
            assertRefused(client, 400, "malformed_request");
        }
    }

    @Test
    void garbage_behindARequest_isRefusedAfterItsAnswer() throws Exception {
        try (var client = client()) {
            client.send(RawClient.request(COMPLETIONS, chat(false, "Hi")) + "garbage\r\n\r\n");
            world.provider.awaitAsked(1);
            world.provider.reply.whole(ScriptedProvider.COMPLETION);
            assertThat(client.body(client.head())).contains("Hello");
            assertRefused(client, 400, "malformed_request");
        }
    }

    @Test
    void body_toldToBeTooLarge_is413BeforeItComes() throws IOException {
        try (var client = client()) {
            client.send(QUERY + "Content-Length: 99999999999\r\nExpect: 100-continue\r\n\r\n");
            assertRefused(client, 413, "request_too_large");
        }
    }

    @Test
    void chunks_tooLargeTogether_are413() throws IOException {
        restart(Map.of("micronaut.server.max-request-size", "64KB"));
        try (var client = client()) {
            client.send(QUERY + "Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
            client.send(chunk + chunk + chunk);
            assertRefused(client, 413, "request_too_large");
        }
    }

    @Test
    void body_afterContinue_isRead() throws IOException {
        try (var client = client()) {
            client.send(QUERY + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 100 Continue\n");
            client.send("{}");
            assertThat(client.body(client.head())).contains("missing_required_parameter");
        }
    }

    @Test
    void bodies_moreThanAreHeldAtOnce_areRefusedUntilAnAnswerIsGiven() throws Exception {
        restart(Map.of("micronaut.server.max-request-size", "1MB", "perpetua.http.body-megabytes", "1"));
        String large = chat(false, "x".repeat(600_000));
        try (var first = client();
                var declared = client();
                var chunked = client();
                var later = client()) {
            first.post(COMPLETIONS, large);
            world.provider.awaitAsked(1);

            declared.send(QUERY + "Content-Length: 600000\r\nExpect: 100-continue\r\n\r\n");
            assertThat(assertRefused(declared, 503, "too_many_bytes")).contains("\nretry-after: 1\n");
            chunked.send(QUERY + "Transfer-Encoding: chunked\r\n\r\n92800\r\n" + " ".repeat(0x92800));
            assertRefused(chunked, 503, "too_many_bytes");
            world.provider.reply.whole(ScriptedProvider.COMPLETION);
            assertThat(first.head()).startsWith("HTTP/1.1 200");

            world.provider.answerNext().whole(ScriptedProvider.COMPLETION);
            later.post(COMPLETIONS, large);
            assertThat(later.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void bodies_onlyToldOf_keepNobodyOut() throws Exception {
        restart(Map.of("micronaut.server.max-request-size", "1MB", "perpetua.http.body-megabytes", "1"));
        try (var one = client();
                var other = client();
                var sending = client()) {
            String told = QUERY + "Content-Length: 900000\r\nExpect: 100-continue\r\n\r\n";
            one.send(told);
            assertThat(one.head()).startsWith("HTTP/1.1 100");
            other.send(told);
            assertThat(other.head()).startsWith("HTTP/1.1 100");
            sending.send(QUERY + "Content-Length: 900000\r\n\r\n" + "{}" + " ".repeat(899_998));
            assertThat(sending.body(sending.head())).contains("missing_required_parameter");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HT", QUERY + "Content-Length: 9\r\n\r\n{"})
    void client_thatSendsNoMoreBeforeItsRequestIsWhole_isLeft(String begun) throws IOException {
        try (var client = client()) {
            client.send(begun);
            client.finishSending();
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void bodies_ofClientsThatLeave_areNoLongerHeld() throws Exception {
        restart(Map.of("micronaut.server.max-request-size", "1MB", "perpetua.http.body-megabytes", "1"));
        for (int i = 0; i < 5; i++) {
            try (var client = client();
                    var other = client()) {
                client.send(QUERY + "Content-Length: 900000\r\n\r\n" + " ".repeat(100_000));
                client.reset();
                other.send(LIVENESS);
                assertThat(other.head()).startsWith("HTTP/1.1 200");
            }
        }
        String told = "too_many_bytes";
        while (told.contains("too_many_bytes")) { // when the server sees the last of them leave is up to the network
            try (var client = client()) {
                client.send(QUERY + "Content-Length: 900000\r\n\r\n" + "{}" + " ".repeat(899_998));
                told = client.body(client.head());
            }
        }
        assertThat(told).contains("missing_required_parameter");
    }

    @Test
    void connections_moreThanAreTaken_areRefusedUntilOneIsClosed() throws IOException {
        restart(Map.of("perpetua.http.connections", "1"));
        try (var first = client()) {
            first.send(LIVENESS);
            first.body(first.head());
            try (var second = client()) {
                assertRefused(second, 503, "too_many_connections");
            }
            first.send(LIVENESS);
            assertThat(first.head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void everyAnswer_isSafeForBrowsers() throws Exception {
        try (var client = client()) {
            for (String request : new String[] {LIVENESS, "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"}) {
                client.send(request);
                String head = client.head();
                client.body(head);
                assertSafe(head);
                assertThat(head).contains("\ncache-control: no-store\n");
            }
            client.post(COMPLETIONS, chat(true, "Hi"));
            world.provider.reply.content("{}");
            world.provider.reply.end("{}");
            String streamed = client.head();
            assertSafe(streamed);
            assertThat(streamed).contains("\ncache-control: no-cache\n");
            client.rest();
            client.send("garbage\r\n\r\n");
            assertSafe(client.head());
        }
    }

    private static void assertSafe(String head) {
        assertThat(head)
                .contains("\nx-content-type-options: nosniff\n")
                .contains("\nreferrer-policy: no-referrer\n")
                .contains("\nx-frame-options: deny\n")
                .contains("\ncontent-security-policy: default-src 'none'; frame-ancestors 'none'\n")
                .doesNotContain("\nserver:");
    }

    private static String assertRefused(RawClient client, int status, String code) throws IOException {
        String head = client.head();
        String body = client.body(head);
        assertThat(head)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("\nconnection: close\n")
                .contains("\ncontent-type: application/json\n");
        var error = Json.tree(body).at("/error");
        assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
        assertThat(error.get("code").asText()).isEqualTo(code);
        assertThat(client.ended()).isTrue();
        return head;
    }

    private void restart(Map<String, String> settings) {
        world.close();
        world = new World(new HashMap<>(settings));
    }

    private RawClient client() throws IOException {
        return new RawClient(world.server.getPort());
    }

    private static String chat(boolean stream, String text) {
        return "{\"model\":\"auto\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}]}";
    }
}
