package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":7,\"messages\":[{}]} | model",
                "{\"model\":\" \",\"messages\":[{}]} | model",
                "{\"model\":\"auto\"} | messages",
                "{\"model\":\"auto\",\"messages\":{}} | messages",
                "{\"model\":\"auto\",\"messages\":[]} | messages",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]} | messages[0].role",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":\"true\"} | stream",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"user\":7} | user",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"user\":\"a\\u0000b\"} | user",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"user\":\"\\ud800\"} | user",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"namespace\":\"\"} | namespace",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"use_memory\":\"false\"} | use_memory",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"memory_config\":[]} | memory_config",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"memory_config\":{\"recent_turns\":\"5\"}} | memory_config.recent_turns",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"memory_config\":{\"token_budget\":1e400}} | memory_config.token_budget",
            })
    void chat_wrongField_isNamed(String body, String field) {
        var reply = client.post("/v1/chat/completions", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asText()).isEqualTo(field);
        assertThat(reply.at("/error/message")).contains("expected");
    }

    @Test
    void call_byteOrderMark_saysSo() {
        var reply = client.post(QUERY, "\uFEFF{}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/message")).contains("byte order mark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999999999999", "{\"top_k\":1e99999999999999999999}"})
    void call_numberBeyondAllBounds_isRefused(String body) {
        var reply = client.post(QUERY, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/message")).contains("too large");
    }

    @Test
    void call_deepJson_isRefused() {
        var reply = client.post(QUERY, "[".repeat(100_000));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/message")).contains("nested deeper");
    }

    private static void assertError(Client.Reply reply) {
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json().at("/error").fieldNames())
                .toIterable()
                .containsExactly("message", "type", "param", "code");
        assertThat(reply.json().at("/error/message").asText()).isNotBlank();
    }
}
