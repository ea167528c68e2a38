package io.perpetua.adapters.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.DialectTest;
import io.perpetua.adapters.llm.http.GoldenContract;
import io.perpetua.adapters.llm.http.UnsupportedRequest;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.usage.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicDialectTest extends DialectTest {

    /** Some 2 000 tokens. */
    private static final String LONG = "word ".repeat(1_600);

    private static final String START = """
            event: message_start
            data: {"type":"message_start","message":{"id":"m","model":"m","usage":{"input_tokens":9,"output_tokens":1}}}

            """;

    @Override
    protected Dialect dialect() {
        return Claude.dialect();
    }

    private static String event(String json) {
        return "event: x\ndata: " + json + "\n\n";
    }

    private static JsonNode body(String request) {
        return Objects.requireNonNull(Json.parse(Claude.dialect().body(GoldenContract.request(request))));
    }

    /** The body for a question, with {@code fields} in the request. */
    private static JsonNode asking(String model, String fields) {
        return body(
                "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + fields + "}");
    }

    @Test
    void ask_any_sendsKeyVersionAndPath() throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, "application/json", "{\"content\":[]}"));

        all(provider.ask(request(false)));

        assertThat(upstream().asked.getFirst().head())
                .startsWith("post /v1/messages http/1.1")
                .contains("x-api-key: " + KEY, "anthropic-version: 2023-06-01")
                .doesNotContain("authorization");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, messages: at least one message is required, BAD_REQUEST",
        "400, invalid_request_error, prompt is too long: 210000 tokens > 200000 maximum, CONTEXT_TOO_LONG",
        "400, invalid_request_error, input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, CONTEXT_TOO_LONG",
        "400, invalid_request_error, Your credit balance is too low to access the Anthropic API, REFUSED_KEY",
        "401, authentication_error, invalid x-api-key, REFUSED_KEY",
        "402, billing_error, no, REFUSED_KEY",
        "403, permission_error, no, REFUSED_KEY",
        "404, not_found_error, 'model: claude-9', UNKNOWN_MODEL",
        "413, request_too_large, Request exceeds the maximum size, CONTEXT_TOO_LONG",
        "429, rate_limit_error, This request would exceed your rate limit, RATE_LIMITED",
        "500, api_error, Internal server error, UNAVAILABLE",
        "504, timeout_error, late, UNAVAILABLE",
        "529, overloaded_error, Overloaded, UNAVAILABLE",
    })
    void ask_errorStatus_isAFailureOfItsKind(int status, String type, String message, Kind kind) throws IOException {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"},\"request_id\":\"req_1\"}"
                .formatted(type, message);
        var provider = provider(PATIENT, http -> http.respond(status, "application/json", body, "retry-after: 7"));

        var failure = failure(() -> provider.ask(request(true)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("test answered " + status + ": " + message);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failure.body()).as("not OpenAI's shape").isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error, UNAVAILABLE",
        "api_error, UNAVAILABLE",
        "rate_limit_error, RATE_LIMITED",
        "invalid_request_error, BAD_REQUEST",
        "authentication_error, REFUSED_KEY",
        "request_too_large, CONTEXT_TOO_LONG",
    })
    void next_errorInTheStream_isAFailureOfItsKind(String type, Kind kind) throws IOException {
        var provider = provider(
                PATIENT,
                http -> http.wholeStream(START
                        + event("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"no\"}}")));

        assertThat(failure(() -> all(provider.ask(request(true)))).kind()).isEqualTo(kind);
    }

    @Test
    void next_cutAfterTheReason_isCompleteWithItsUsage() throws IOException {
        var provider = provider(
                PATIENT,
                http -> http.wholeStream(START
                        + event("{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}")
                        + event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                                + "\"usage\":{\"cache_read_input_tokens\":90,\"output_tokens\":5}}")));

        var answer = answer(all(provider.ask(request(true))));

        assertThat(answer.message().text()).isEqualTo("a");
        assertThat(answer.usage()).isEqualTo(new Usage(99, 90, 0, 5, 0, Usage.Source.PROVIDER));
    }

    @Test
    void ask_whole_countsCachedAndWrittenTokensOnce() throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, "application/json", """
                {"content":[{"type":"text","text":"a"}],"stop_reason":"end_turn","usage":{"input_tokens":5,\
                "cache_creation_input_tokens":20,"cache_read_input_tokens":300,"output_tokens":7}}"""));

        assertThat(answer(all(provider.ask(request(false)))).usage())
                .isEqualTo(new Usage(325, 300, 20, 7, 0, Usage.Source.PROVIDER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"n\":2",
                ",\"modalities\":[\"text\",\"audio\"]",
                ",\"functions\":[{\"name\":\"f\"}]",
                ",\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"f\"}}]"
            })
    void body_whatCannotBeSaid_isRefused(String fields) {
        assertThatThrownBy(() -> asking("claude-opus-4-6", fields)).isInstanceOf(UnsupportedRequest.class);
    }

    @Test
    void ask_whatCannotBeSaid_isTheClientsMistakeAndNotAsked() throws IOException {
        var provider = provider(PATIENT, http -> http.respond(500, "text/plain", ""));
        var request = GoldenContract.request("""
                {"model":"m","messages":[{"role":"user","content":[{"type":"input_audio",\
                "input_audio":{"data":"YQ==","format":"wav"}}]}]}""");

        assertThat(failure(() -> provider.ask(request)).kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(upstream().asked).isEmpty();
    }

    @Test
    void body_messageThatSaysNothing_isNoTurn() {
        var body = body("""
                {"model":"claude-opus-5-5","messages":[{"role":"user","content":"a"},{"role":"assistant","content":""},
                {"role":"user","content":"b"}]}""");

        assertThat(body.path("messages")).hasSize(1);
        assertThat(body.at("/messages/0/content")).hasSize(2);
    }

    @Test
    void body_stablePrefix_isMarkedForTheCache() {
        var body = body("""
                {"model":"claude-sonnet-4-5","messages":[{"role":"system","content":"%s"},
                {"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"},
                {"role":"assistant","content":"d"},{"role":"user","content":"e"}]}""".formatted(LONG));

        assertThat(body.findParents("cache_control"))
                .containsExactly(body.at("/system/0"), body.at("/messages/3/content/0"));
        assertThat(body.at("/system/0/cache_control/type").asText()).isEqualTo("ephemeral");
    }

    @Test
    void body_shortInstructionsBeforeALongHistory_marksTheHistoryOnly() {
        var body = body("""
                {"model":"claude-sonnet-4-5","messages":[{"role":"system","content":"Be kind."},
                {"role":"user","content":"%s"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}]}""".formatted(LONG));

        assertThat(body.findParents("cache_control")).containsExactly(body.at("/messages/1/content/0"));
    }

    @Test
    void body_prefixShorterThanTheModelCaches_isNotMarked() {
        var body = body("""
                {"model":"claude-opus-4-6","messages":[{"role":"system","content":"%s"},
                {"role":"user","content":"a"}]}""".formatted(LONG));

        assertThat(body.findParents("cache_control")).isEmpty();
    }

    @Test
    void body_marksOfTheClientsOwn_areLeftAlone() {
        var body = body("""
                {"model":"claude-sonnet-4-5","messages":[{"role":"system","content":"%s"},{"role":"user","content":
                [{"type":"text","text":"a","cache_control":{"type":"ephemeral","ttl":"1h"}}]}]}""".formatted(LONG));

        assertThat(body.findParents("cache_control")).containsExactly(body.at("/messages/0/content/0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            claude-sonnet-4-5 | "reasoning_effort":"high" | {"type":"enabled","budget_tokens":16384}
            claude-sonnet-4-5 | "reasoning_effort":"high","max_tokens":2000 |
            claude-sonnet-4-5 | "reasoning_effort":"none" |
            claude-sonnet-4-5 | "temperature":1 |
            claude-sonnet-4-5 | "thinking":{"type":"enabled","budget_tokens":5000} | {"type":"enabled","budget_tokens":5000}
            claude-haiku-3-5 | "reasoning_effort":"high" |
            claude-opus-4-6 | "reasoning_effort":"none" | {"type":"disabled"}
            claude-opus-5-5 | "reasoning_effort":"none" | {"type":"adaptive","display":"summarized"}
            claude-brand-new | "reasoning_effort":"xhigh" | {"type":"adaptive","display":"summarized"}
            """)
    void body_reasoningEffort_isSaidAsTheModelTakesIt(String model, String field, String thinking) {
        var said = asking(model, "," + field).get("thinking");

        assertThat(said == null ? null : said.toString()).isEqualTo(thinking);
    }

    @Test
    void body_thoughtsOfAnotherModel_areLeftOutAndThinkingOff() {
        var body = body("""
                {"model":"claude-sonnet-4-5","reasoning_effort":"high","messages":[{"role":"user","content":"a"},
                {"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"f",
                "arguments":"not json"},"extra_content":{"anthropic":{"model":"claude-opus-4-6","thinking":[{"type":"thinking"}]}}}]},
                {"role":"tool","tool_call_id":"t","content":"b"}]}""");

        assertThat(body.has("thinking")).isFalse();
        assertThat(body.at("/messages/1/content/0/input").toString()).isEqualTo("{\"arguments\":\"not json\"}");
    }

    @ParameterizedTest
    @CsvSource({"claude-sonnet-4-5, 0.3", "claude-opus-5-5,", "claude-brand-new,"})
    void body_temperature_isSentWhereTheModelTakesOne(String model, Double temperature) {
        var said = asking(model, ",\"temperature\":0.3,\"top_p\":0.5");

        assertThat(said.has("temperature") ? said.get("temperature").doubleValue() : null)
                .isEqualTo(temperature);
        assertThat(said.has("top_p")).isFalse();
    }
}
