package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ErrorsTest {

    private static final World WORLD = new World(
            Map.of("micronaut.server.max-request-size", "1MB", "micronaut.server.max-request-buffer-size", "1MB"));
    private static final String QUERY = "/v1/memory/query";

    private final Client client = WORLD.client();

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /v1/nothing, 404",
        "GET, /v1/chat/completions, 405",
        "HEAD, /v1/chat/completions, 405",
        "DELETE, /v1/models, 405",
        "PATCH, /v1/conversations/x, 405",
        "OPTIONS, /v1/models, 405",
        "GET, /v1/conversations/%FF, 400",
        "GET, /v1/conversations/%20, 400",
        "GET, /v1/conversations/x, 404",
        "GET, /v1/conversations?limit=x, 400",
        "GET, /v1/conversations?limit=0, 400",
        "GET, /v1/conversations?limit=99999999999, 400",
        "GET, /v1/conversations?namespace=%00, 400",
        "GET, /v1/conversations?cursor=made%20up, 400",
        "FOO, /v1/models, 405"
    })
    void call_notPossible_hasTheOneErrorShape(String method, String path, int status) {
        var reply = client.call(method, path, null);
        assertThat(reply.status()).isEqualTo(status);
        if (!method.equals("HEAD")) {
            assertError(reply);
        }
    }

    @Test
    void call_wrongMethod_saysWhatIsAllowed() {
        var reply = client.get("/v1/chat/completions");
        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertThat(reply.at("/error/message")).contains("allowed: POST");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void call_notJson_is415(String type) {
        var reply = client.call("POST", QUERY, "{}".getBytes(StandardCharsets.UTF_8), "Content-Type", type);
        assertThat(reply.status()).isEqualTo(415);
        assertError(reply);
    }

    @Test
    void call_noContentType_isTakenForJson() {
        var reply = client.call("POST", QUERY, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(reply.at("/error/code")).isEqualTo("\"missing_required_parameter\"");
    }

    @ParameterizedTest
    @CsvSource({"text/html", "text/event-stream", "application/json;q=0.1, image/png", "nonsense"})
    void call_anyAccept_isAnsweredInJson(String accept) {
        var reply = client.post(QUERY, "{", "Accept", accept);
        assertThat(reply.status()).isEqualTo(400);
        assertError(reply);
    }

    @Test
    void call_tooLarge_is413() {
        var reply = client.post(QUERY, "[" + " ".repeat(1_100_000) + "]");
        assertThat(reply.status()).isEqualTo(413);
        assertError(reply);
    }

    @Test
    void call_large_isRead() {
        var reply = client.post(QUERY, "{\"conversation_id\":\"" + "x".repeat(900_000) + "\"}");
        assertThat(reply.at("/error/param")).isEqualTo("\"conversation_id\"");
    }

    @Test
    void call_noBody_saysSo() {
        var reply = client.post(QUERY, "");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/message")).contains("no body");
    }

    @Test
    void call_malformedJson_saysWhere() {
        var reply = client.post(QUERY, "{\"a\":\n  x}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/message")).contains("line 2, column 3").doesNotContain("jackson");
        assertThat(reply.at("/error/code")).isEqualTo("\"invalid_json\"");
    }

    @Test
    void call_notUtf8_saysSo() {
        var reply = client.call(
                "POST",
                QUERY,
                "{\"query\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1),
                "Content-Type",
                "application/json");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/message")).contains("UTF-8");
    }

    private static void assertError(Client.Reply reply) {
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json().at("/error").fieldNames())
                .toIterable()
                .containsExactly("message", "type", "param", "code");
        assertThat(reply.json().at("/error/message").asText()).isNotBlank();
    }
}
