package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ChatTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String HI = "[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final String BODY = "{\"model\":\"auto\",\"messages\":" + HI + "}";

    private final World world = new World();
    private final Client client = world.client();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void complete_whole_isTheProvidersBodyWithTheAccount() {
        world.provider.reply.whole(ScriptedProvider.COMPLETION);
        var reply = client.post(CHAT, BODY);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .startsWith(ScriptedProvider.COMPLETION.substring(0, ScriptedProvider.COMPLETION.length() - 1) + ",");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("X-Mode-Used")).isEqualTo("full");
        assertThat(reply.header("X-Provider")).isEqualTo("fake");
        assertThat(reply.header("X-Cache")).isEqualTo("MISS");
        assertThat("\"" + reply.header("X-Conversation-Id") + "\"")
                .isEqualTo(reply.at("/perpetual_metadata/conversation_id"));
    }

    @Test
    void complete_whole_accountsForEverything() {
        world.provider.reply.whole("{}");
        var reply = client.post(CHAT, BODY, "X-Conversation-Id", "mine");
        assertThat(reply.body())
                .isEqualTo("{\"perpetual_metadata\":{\"conversation_id\":\"mine\",\"turn\":2,\"mode_used\":\"full\","
                        + "\"use_retrieval\":false,\"tokens\":{\"full\":9,\"sent\":9,\"saved\":0,\"budget\":8000,"
                        + "\"parts\":{\"system\":0,\"anchors\":0,\"facts\":0,\"brief\":0,\"recent\":0,\"retrieved\":0,"
                        + "\"documents\":0,\"message\":6}},"
                        + "\"anchors\":[],\"dropped\":[],\"intent\":\"social_chat\",\"provider\":\"fake\",\"model\":\"small\","
                        + "\"attempts\":[{\"provider\":\"fake\",\"model\":\"small\",\"outcome\":\"ok\",\"latency_ms\":0}],"
                        + "\"fallback_used\":false,\"cache_hit\":false,"
                        + "\"usage\":{\"input\":12,\"cached_input\":4,\"output\":3,\"reasoning\":0,\"source\":\"provider\"},"
                        + "\"cost_usd\":0.000011,\"degraded\":[],\"queue_wait_ms\":0,\"retrieval_latency_ms\":0,"
                        + "\"generation_latency_ms\":0,\"total_latency_ms\":0}}");
    }

    @Test
    void complete_again_isAHit() {
        world.provider.reply.whole(ScriptedProvider.COMPLETION);
        client.post(CHAT, BODY);

        var reply = client.post(CHAT, BODY);

        assertThat(reply.header("X-Cache")).isEqualTo("HIT");
        assertThat(reply.at("/perpetual_metadata/cache_hit")).isEqualTo("true");
        assertThat(reply.at("/perpetual_metadata/cost_usd")).isEqualTo("0");
        assertThat(reply.at("/perpetual_metadata/usage/source")).isEqualTo("\"cache\"");
        assertThat(world.provider.asked).hasSize(1);
    }

    @Test
    void complete_clientWantsNoCache_bypassesIt() {
        world.provider.reply.whole(ScriptedProvider.COMPLETION);
        world.provider.reply.whole(ScriptedProvider.COMPLETION);
        client.post(CHAT, BODY);

        var reply = client.post(CHAT, BODY, "Cache-Control", "no-cache");

        assertThat(reply.header("X-Cache")).isEqualTo("BYPASS");
        assertThat(world.provider.asked).hasSize(2);
    }

    @Test
    void complete_priceUnknown_costIsNull() {
        world.provider.reply.whole("{}");
        assertThat(client.post(CHAT, BODY.replace("auto", "unpriced")).at("/perpetual_metadata/cost_usd"))
                .isEqualTo("null");
    }

    @Test
    void complete_anotherServersAccount_givesWayToOurs() {
        world.provider.reply.whole("{\"a\":1.0,\"perpetual_metadata\":{\"x\":1}}");
        assertThat(client.post(CHAT, BODY).body())
                .startsWith("{\"a\":1.0,\"perpetual_metadata\":{\"conversation_id\"")
                .doesNotContain("\"x\"");
    }

    @Test
    void complete_fieldsWeDoNotKnow_reachTheProviderToTheLetter() {
        world.provider.reply.whole("{}");
        client.post(
                CHAT,
                "{\"temperature\":1.0,\"chat_id\":\"c\",\"session_id\":\"c\",\"thread_id\":\"c\",\"namespace\":\"n\","
                        + "\"use_memory\":false,\"memory_config\":{\"min_similarity_threshold\":0.1},\"priority\":\"batch\","
                        + "\"model\":\"auto\",\"seed\":123456789012345678901234567890,\"x\":{ \"y\" : [1e2, \"\\u0041\"]},"
                        + "\"user\":\"u\",\"stream\":false,\"stream_options\":{\"include_usage\":true},\"messages\":"
                        + "[ {\"role\": \"user\",\"content\":\"\\u0048i\", \"z\": 1.50} ]}");
        var asked = world.provider.last();
        assertThat(asked.parameters())
                .isEqualTo(
                        "{\"temperature\":1.0,\"seed\":123456789012345678901234567890,\"x\":{ \"y\" : [1e2, \"\\u0041\"]},"
                                + "\"user\":\"u\",\"stream_options\":{\"include_usage\":true}}");
        assertThat(asked.messages().getFirst().wire())
                .isEqualTo("{\"role\": \"user\",\"content\":\"\\u0048i\", \"z\": 1.50}");
        assertThat(asked.messages().getFirst().text()).isEqualTo("Hi");
    }

    @Test
    void complete_headers_winOverTheBody() {
        world.provider.reply.whole("{}");
        var reply = client.post(
                CHAT,
                "{\"model\":\"auto\",\"conversation_id\":\"body\",\"memory_config\":{\"mode\":\"full\"},\"messages\":"
                        + HI + "}",
                "X-Conversation-Id",
                "header",
                "X-Mode",
                "Safe");
        assertThat(reply.at("/perpetual_metadata/conversation_id")).isEqualTo("\"header\"");
        assertThat(reply.header("X-Mode-Used")).isEqualTo("safe");
    }

    @Test
    void complete_memoryOff_namesNoConversation() {
        world.provider.reply.whole("{}");
        var reply = client.post(CHAT, BODY, "X-Memory", "off");
        assertThat(reply.at("/perpetual_metadata/conversation_id")).isEqualTo("null");
        assertThat(reply.header("X-Conversation-Id")).isEqualTo("(none)");
    }

    @Test
    void complete_unicodeId_comesBackInHeaderAsUtf8() throws Exception {
        world.provider.reply.whole("{}");
        try (var raw = new RawClient(world.server.getPort())) {
            raw.post(CHAT, BODY.replace("\"model\"", "\"conversation_id\":\"Gespräch 日本\",\"model\""));
            assertThat(raw.head()).contains("x-conversation-id: gespräch 日本\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | model | missing_required_parameter
            {"model":1} | model | invalid_value
            {"model":"auto"} | messages | missing_required_parameter
            {"model":"auto","messages":{}} | messages | invalid_value
            {"model":"auto","messages":[]} | messages | invalid_value
            {"model":"auto","messages":[1]} | messages[0] | invalid_value
            {"model":"auto","messages":[{"role":"user"},{"role":"king"}]} | messages[1].role | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"stream":"yes"} | stream | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"user":7} | user | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"conversation_id":" "} | conversation_id | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"namespace":"\\u0007"} | namespace | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"priority":"soon"} | priority | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"memory_config":1} | memory_config | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"memory_config":{"mode":"fast"}} | memory_config.mode | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"memory_config":{"recent_turns":"5"}} | memory_config.recent_turns | invalid_value
            {"model":"auto","messages":[{"role":"user"}],"memory_config":{"token_budget":10}} | memory_config.token_budget | invalid_value
            """)
    void complete_fieldAtFault_isNamed(String body, String param, String code) {
        var reply = client.post(CHAT, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error/param")).isEqualTo("\"" + param + "\"");
        assertThat(reply.at("/error/code")).isEqualTo("\"" + code + "\"");
        assertThat(reply.at("/error/type")).isEqualTo("\"invalid_request_error\"");
        assertThat(world.provider.asked).isEmpty();
    }

    @Test
    void complete_unknownModel_is404() {
        var reply = client.post(CHAT, BODY.replace("auto", "gpt-99"));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/error/code")).isEqualTo("\"model_not_found\"");
        assertThat(reply.at("/error/param")).isEqualTo("\"model\"");
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, 500, 503, service_unavailable_error, unavailable",
        "TIMEOUT, 0, 504, api_error, timeout",
        "MALFORMED, 200, 502, api_error, malformed",
        "TRUNCATED, 200, 502, api_error, truncated",
        "REFUSED_KEY, 401, 502, api_error, refused_key",
        "RATE_LIMITED, 429, 429, rate_limit_error, rate_limited",
        "BAD_REQUEST, 422, 422, invalid_request_error, bad_request",
        "CONTEXT_TOO_LONG, 400, 400, invalid_request_error, context_length_exceeded"
    })
    void complete_providerFails_isTold(Kind kind, int status, int answered, String type, String code) {
        world.provider.refusal = failure(kind, status, null);
        var reply = client.post(CHAT, BODY);
        assertThat(reply.status()).isEqualTo(answered);
        assertThat(reply.at("/error/type")).isEqualTo("\"" + type + "\"");
        assertThat(reply.at("/error/code")).isEqualTo("\"" + code + "\"");
        assertThat(reply.header("Retry-After")).isEqualTo(answered == 429 || answered == 503 ? "3" : "(none)");
    }

    @Test
    void complete_providerBlamesTheClient_itsOwnWordsAreRelayed() {
        String body = "{\"error\":{\"message\":\"no such tool\",\"type\":\"invalid_request_error\",\"code\":1.0}}";
        world.provider.refusal = failure(Kind.BAD_REQUEST, 400, body);
        assertThat(client.post(CHAT, BODY).body()).isEqualTo(body);
    }

    @Test
    void complete_providerRefusesTheKey_itsWordsStayHere() {
        world.provider.refusal = failure(Kind.REFUSED_KEY, 401, "{\"error\":{\"message\":\"bad key sk-1\"}}");
        assertThat(client.post(CHAT, BODY).body()).doesNotContain("sk-1").contains("fake does not accept the key");
    }

    @Test
    void complete_storeAway_is503() {
        world.provider.refusal = new StoreUnavailable("/secret/path is locked", new IllegalStateException());
        var reply = client.post(CHAT, BODY);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("5");
        assertThat(reply.body()).doesNotContain("secret");
    }

    @Test
    void complete_storeFull_is507() {
        world.provider.refusal = new StoreUnavailable("full", new IllegalStateException(), true);
        assertThat(client.post(CHAT, BODY).status()).isEqualTo(507);
    }

    @ParameterizedTest
    @CsvSource({"context_length_exceeded, 400", "message_too_long, 413"})
    void complete_tooLarge_isTheClientsFault(String code, int status) {
        world.provider.refusal = new RequestRefused(Reason.TOO_LARGE, code, "messages", "9000 tokens, 8000 fit");
        var reply = client.post(CHAT, BODY);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.at("/error/code")).isEqualTo("\"" + code + "\"");
    }

    @Test
    void complete_bug_tellsAReferenceOnly() {
        world.provider.refusal = new IllegalStateException("secret");
        var reply = client.post(CHAT, BODY);
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.at("/error/type")).isEqualTo("\"server_error\"");
        assertThat(reply.body()).doesNotContain("secret").contains("its log tells more under");
    }

    @Test
    void preview_request_asksNobody() {
        var reply = client.post(
                "/v1/context",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"system\",\"content\":\"Be \\u0041\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi\",\"z\":1.0}]}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .startsWith("{\"messages\":[{\"role\":\"system\",\"content\":\"Be \\u0041\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi\",\"z\":1.0}],\"perpetual_metadata\":{");
        assertThat(world.provider.asked).isEmpty();
    }

    private static ProviderFailure failure(Kind kind, int status, @Nullable String body) {
        return new ProviderFailure(kind, "fake", "it went wrong", status, Duration.ofMillis(2_100), body, null);
    }
}
