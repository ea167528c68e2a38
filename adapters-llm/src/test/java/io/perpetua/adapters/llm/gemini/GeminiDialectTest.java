package io.perpetua.adapters.llm.gemini;

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

class GeminiDialectTest extends DialectTest {

    @Override
    protected Dialect dialect() {
        return Gemini.dialect();
    }

    /** The body for a question, with {@code fields} in the request. */
    private static JsonNode asking(String model, String fields) {
        return Objects.requireNonNull(Json.parse(Gemini.dialect()
                .body(GoldenContract.request("{\"model\":\"" + model
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + fields + "}"))));
    }

    private static String answering(String finishReason) {
        return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"" + finishReason
                + "\"}]}";
    }

    @Test
    void ask_any_sendsKeyAndPath() throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, "application/json", answering("STOP")));

        all(provider.ask(request(false)));
        all(provider.ask(request(true)));

        assertThat(upstream().asked.getFirst().head())
                .startsWith("post /v1/v1beta/models/m:generatecontent http/1.1")
                .contains("x-goog-api-key: " + KEY)
                .doesNotContain("authorization");
        assertThat(upstream().asked.getLast().head())
                .startsWith("post /v1/v1beta/models/m:streamgeneratecontent?alt=sse http/1.1");
    }

    @Test
    void path_hostileModel_staysOneSegment() {
        var request = GoldenContract.request("{\"model\":\"../a b?key=1#/x\",\"messages\":[]}");

        assertThat(Gemini.dialect().path(request))
                .isEqualTo("/v1beta/models/..%2Fa%20b%3Fkey%3D1%23%2Fx:generateContent");
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT, Invalid value at 'contents', BAD_REQUEST",
        "400, INVALID_ARGUMENT, API key not valid. Please pass a valid API key., REFUSED_KEY",
        "400, INVALID_ARGUMENT, API key expired. Please renew the API key., REFUSED_KEY",
        "400, INVALID_ARGUMENT, The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)., CONTEXT_TOO_LONG",
        "403, PERMISSION_DENIED, no, REFUSED_KEY",
        "404, NOT_FOUND, models/x is not found, UNKNOWN_MODEL",
        "429, RESOURCE_EXHAUSTED, 'You exceeded your current quota, please check your plan and billing details', RATE_LIMITED",
        "500, INTERNAL, An internal error has occurred, UNAVAILABLE",
        "503, UNAVAILABLE, The model is overloaded, UNAVAILABLE",
        "504, DEADLINE_EXCEEDED, late, UNAVAILABLE",
    })
    void ask_errorStatus_isAFailureOfItsKind(int status, String name, String message, Kind kind) throws IOException {
        String body = """
                {"error":{"code":%d,"message":"%s","status":"%s","details":[
                {"@type":"type.googleapis.com/google.rpc.Help"},
                {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.25s"}]}}""".formatted(status, message, name);
        var provider = provider(PATIENT, http -> http.respond(status, "application/json", body));

        var failure = failure(() -> provider.ask(request(true)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage("test answered " + status + ": " + message);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(34_250));
        assertThat(failure.body()).as("not OpenAI's shape").isNull();
    }

    @Test
    void next_errorInTheStream_isAFailureOfItsKind() throws IOException {
        var provider = provider(
                PATIENT,
                http -> http.stream(
                        "{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}"));

        assertThat(failure(() -> all(provider.ask(request(true)))).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, stop",
        "MAX_TOKENS, length",
        "SAFETY, content_filter",
        "RECITATION, content_filter",
        "BLOCKLIST, content_filter",
        "PROHIBITED_CONTENT, content_filter",
        "SPII, content_filter",
        "IMAGE_SAFETY, content_filter",
        "OTHER, stop",
        "MALFORMED_FUNCTION_CALL, stop",
    })
    void ask_eitherWay_saysWhyItEnded(String theirs, String ours) throws IOException {
        var whole = provider(PATIENT, http -> http.respond(200, "application/json", answering(theirs)));
        assertThat(answer(all(whole.ask(request(false)))).finishReason()).isEqualTo(ours);
        stop();
        var streamed = provider(PATIENT, http -> http.stream(answering(theirs)));
        assertThat(answer(all(streamed.ask(request(true)))).finishReason()).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL"})
    void ask_callThatTheModelGotWrong_isMalformed(String reason) throws IOException {
        String nothing = "{\"candidates\":[{\"content\":{},\"finishReason\":\"" + reason + "\"}]}";
        var whole = provider(PATIENT, http -> http.respond(200, "application/json", nothing));
        assertThat(failure(() -> all(whole.ask(request(false)))).kind()).isEqualTo(Kind.MALFORMED);
        stop();
        var streamed = provider(PATIENT, http -> http.stream(nothing));
        assertThat(failure(() -> all(streamed.ask(request(true)))).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void ask_promptRefused_isAFilteredAnswer() throws IOException {
        String blocked = """
                {"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":4}}""";
        var whole = provider(PATIENT, http -> http.respond(200, "application/json", blocked));
        assertThat(answer(all(whole.ask(request(false)))).finishReason()).isEqualTo("content_filter");
        stop();
        var streamed = provider(PATIENT, http -> http.stream(blocked));
        var answer = answer(all(streamed.ask(request(true))));
        assertThat(answer.finishReason()).isEqualTo("content_filter");
        assertThat(answer.usage()).isEqualTo(new Usage(4, 0, 0, 0, 0, Usage.Source.PROVIDER));
    }

    @Test
    void ask_whole_countsThoughtsAsOutputAndCachedTokensOnce() throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, "application/json", """
                {"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}],"usageMetadata":{
                "promptTokenCount":100,"cachedContentTokenCount":80,"candidatesTokenCount":7,"thoughtsTokenCount":30,
                "toolUsePromptTokenCount":5,"totalTokenCount":142}}"""));

        assertThat(answer(all(provider.ask(request(false)))).usage())
                .isEqualTo(new Usage(105, 80, 0, 37, 30, Usage.Source.PROVIDER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gemini-3.8-flash | high | {"thinkingLevel":"high","includeThoughts":true}
            gemini-3.8-flash | none | {"thinkingLevel":"low","includeThoughts":false}
            gemini-flash-latest | medium | {"thinkingLevel":"medium","includeThoughts":true}
            gemini-2.5-flash | low | {"thinkingBudget":1024,"includeThoughts":true}
            gemini-2.5-flash | none | {"thinkingBudget":0,"includeThoughts":false}
            gemini-2.5-pro | none | {"thinkingBudget":128,"includeThoughts":false}
            gemini-2.5-pro | high | {"thinkingBudget":24576,"includeThoughts":true}
            gemini-2.0-flash | high |
            gemma-3-27b-it | high |
            """)
    void body_reasoningEffort_isSaidAsTheModelTakesIt(String model, String effort, String thinking) {
        var said = asking(model, ",\"reasoning_effort\":\"" + effort + "\"").at("/generationConfig/thinkingConfig");

        assertThat(said.isMissingNode() ? null : said.toString()).isEqualTo(thinking);
    }

    @ParameterizedTest
    @CsvSource({"gemini-3.8-flash, skip_thought_signature_validator", "gemini-2.5-flash,"})
    void body_callOfAnotherModel_isSignedWhereThatIsNeeded(String model, String signature) {
        var body =
                Objects.requireNonNull(Json.parse(Gemini.dialect().body(GoldenContract.request("""
                {"model":"%s","messages":[{"role":"user","content":"a"},{"role":"assistant","content":null,"tool_calls":
                [{"id":"t","type":"function","function":{"name":"f","arguments":"{}"}},
                {"id":"u","type":"function","function":{"name":"f","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"t","content":"[1]"},{"role":"tool","tool_call_id":"u","content":"2"}]}""".formatted(model)))));

        var parts = body.at("/contents/1/parts");
        assertThat(Json.text(parts.path(0).get("thoughtSignature"))).isEqualTo(signature);
        assertThat(parts.path(1).has("thoughtSignature")).isFalse();
        assertThat(body.at("/contents/2/parts/0/functionResponse/response").toString())
                .isEqualTo("{\"result\":[1]}");
    }

    @Test
    void body_messageThatSaysNothing_isNoTurn() {
        var body = Objects.requireNonNull(Json.parse(Gemini.dialect().body(GoldenContract.request("""
                {"model":"gemini-3.8-flash","messages":[{"role":"user","content":"a"},{"role":"assistant","content":""},
                {"role":"user","content":"b"}]}"""))));

        assertThat(body.path("contents")).hasSize(1);
        assertThat(body.at("/contents/0/parts")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"modalities\":[\"audio\"]",
                ",\"functions\":[{\"name\":\"f\"}]",
                ",\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"f\"}}]"
            })
    void body_whatCannotBeSaid_isRefused(String fields) {
        assertThatThrownBy(() -> asking("gemini-3.8-flash", fields)).isInstanceOf(UnsupportedRequest.class);
    }
}
