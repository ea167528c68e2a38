package io.perpetua.adapters.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.usage.Usage;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers in one piece, and refusals. */
class WholeAnswerTest extends OpenAiTest {

    private static final String COMPLETION = """
            {"id": "c", "model":"m-1", "extra": 1.50, "choices":[{"index":0,"message":
            {"role":"assistant","content":"Grüße","refusal":null},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":9,"completion_tokens":2}}""";

    private ProviderFailure refusal(int status, String body, String... headers) throws IOException {
        var provider = provider(PATIENT, http -> http.respond(status, "application/json", body, headers));
        return failure(() -> provider.ask(request(true)));
    }

    private static String error(String code, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"t\",\"code\":\"" + code + "\"}}";
    }

    @Test
    void ask_whole_passesTheBodyThrough() throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, "application/json", COMPLETION));

        var answer = answer(all(provider.ask(request(false))));

        assertThat(answer.body()).isEqualTo(COMPLETION);
        assertThat(answer.message().wire()).isEqualTo("{\"role\":\"assistant\",\"content\":\"Grüße\"}");
        assertThat(answer.usage()).isEqualTo(new Usage(9, 0, 0, 2, 0, Usage.Source.PROVIDER));
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(upstream().asked.getFirst().body()).endsWith("\"stream\":false}");
    }

    @Test
    void ask_errorWithStatusOk_isAFailure() throws IOException {
        var provider = provider(
                PATIENT,
                http -> http.respond(200, "application/json", "{\"error\":{\"message\":\"slow down\",\"code\":429}}"));

        assertThat(failure(() -> all(provider.ask(request(false)))).kind()).isEqualTo(Kind.RATE_LIMITED);
    }

    @ParameterizedTest
    @CsvSource({
        "400, x, bad field, BAD_REQUEST",
        "400, context_length_exceeded, too long, CONTEXT_TOO_LONG",
        "400, '', This model's maximum context length is 8192 tokens, CONTEXT_TOO_LONG",
        "400, '', prompt is too long: 210000 tokens > 200000 maximum, CONTEXT_TOO_LONG",
        "413, rate_limit_exceeded, Request too large for the tokens per minute, CONTEXT_TOO_LONG",
        "413, '', Please reduce the length of the messages, CONTEXT_TOO_LONG",
        "400, '', API key not valid. Please pass a valid API key., REFUSED_KEY",
        "401, invalid_api_key, no, REFUSED_KEY",
        "402, '', Insufficient Balance, REFUSED_KEY",
        "403, '', no, REFUSED_KEY",
        "404, model_not_found, no such model, UNKNOWN_MODEL",
        "403, model_not_found, your project has no access to it, UNKNOWN_MODEL",
        "403, '', your input was flagged by moderation, BAD_REQUEST",
        "408, '', late, UNAVAILABLE",
        "422, '', no, BAD_REQUEST",
        "429, rate_limit_exceeded, slow down, RATE_LIMITED",
        "429, insufficient_quota, You exceeded your current quota, REFUSED_KEY",
        "429, RESOURCE_EXHAUSTED, 'You exceeded your current quota, please check your plan and billing', RATE_LIMITED",
        "500, '', boom, UNAVAILABLE",
        "502, '', boom, UNAVAILABLE",
        "529, '', overloaded, UNAVAILABLE",
        "307, '', elsewhere, MALFORMED",
    })
    void ask_errorStatus_isAFailureOfItsKind(int status, String code, String message, Kind kind) throws IOException {
        var failure = refusal(status, error(code, message));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.body()).isEqualTo(error(code, message));
        assertThat(failure).hasMessage("test answered " + status + ": " + message);
    }

    @Test
    void ask_errorInAnArray_isUnwrapped() throws IOException {
        assertThat(refusal(429, "[" + error("x", "slow") + "]").body()).isEqualTo(error("x", "slow"));
    }

    @Test
    void ask_errorThatIsAPage_hasNoBody() throws IOException {
        var failure = refusal(502, "<html>Bad gateway</html>");

        assertThat(failure.body()).isNull();
        assertThat(failure).hasMessage("test answered 502");
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After: 7, PT7S",
        "retry-after: 1.5, PT1.5S",
        "Retry-After-Ms: 250, PT0.25S",
        "'Retry-After: Sun, 01 Mar 2026 10:00:30 GMT', PT30S",
        "'Retry-After: Sun, 01 Mar 2026 09:00:00 GMT', PT0S",
    })
    void ask_tooManyRequests_saysWhenToComeBack(String header, Duration wait) throws IOException {
        assertThat(refusal(429, error("", ""), header).retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"X-Other: 7", "Retry-After: soon", "Retry-After: -3", "Retry-After: 99999999999999999999"})
    void ask_tooManyRequestsWithoutSense_saysNothing(String header) throws IOException {
        assertThat(refusal(429, error("", ""), header).retryAfter()).isNull();
    }

    @Test
    void ask_keyInTheComplaint_isNotRepeated() throws IOException {
        var failure = refusal(401, error("invalid_api_key", "Incorrect API key provided: " + KEY));

        assertThat(failure).hasMessage("test answered 401: Incorrect API key provided: [key]");
        assertThat(failure.body()).doesNotContain(KEY);
    }

    @Test
    void ask_errorBodyThatNeverEnds_isCutOff() throws IOException {
        var provider = provider(PATIENT, http -> {
            http.raw("HTTP/1.1 500 X\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                http.piece("x".repeat(10_000));
            }
        });

        assertThat(failure(() -> provider.ask(request(true))).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
}
