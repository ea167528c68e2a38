package io.perpetua.adapters.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.MisbehaviourContract;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiMisbehaviourTest extends MisbehaviourContract {

    @Override
    protected Dialect dialect() {
        return new OpenAiDialect(Quirks.NONE);
    }

    @Override
    protected String opening() {
        return "data: " + OpenAiTest.HELLO + "\n\n";
    }

    @Override
    protected String saying(String text) {
        return "data: " + OpenAiTest.text(text) + "\n\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "data: {\"error\":{\"message\":\"busy\",\"code\":429}} | RATE_LIMITED",
                "data: {\"error\":{\"message\":\"busy\",\"code\":502}} | UNAVAILABLE",
                "data: {\"error\":{\"message\":\"x\",\"type\":\"overloaded_error\"}} | UNAVAILABLE",
                "data: {\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\"}} | REFUSED_KEY",
                "data: {\"error\":{\"message\":\"x\",\"code\":\"context_length_exceeded\"}} | CONTEXT_TOO_LONG",
                "data: {\"error\":{\"message\":\"x\",\"type\":\"invalid_request_error\"}} | BAD_REQUEST",
                "data: {\"error\":\"boom\"} | UNAVAILABLE",
                "event: error⏎data: {\"message\":\"boom\"} | UNAVAILABLE",
                "event: error⏎data: boom | UNAVAILABLE",
            })
    void next_errorInTheStream_isAFailureOfItsKind(String event, Kind kind) throws IOException {
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            http.piece(saying("a"));
            http.piece(event.replace('⏎', '\n') + "\n\n");
            http.endStream();
        });

        try (var reply = provider.ask(request(true))) {
            next(reply);
            assertThat(failure(() -> next(reply)).kind()).isEqualTo(kind);
        }
    }
}
