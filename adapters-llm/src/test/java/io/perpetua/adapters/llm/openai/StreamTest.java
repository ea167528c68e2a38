package io.perpetua.adapters.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.adapters.llm.http.Timeouts;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.routing.ProviderReply.Kind;
import io.perpetua.domain.conversation.ToolCall;
import io.perpetua.domain.usage.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams as they should be, however they are cut. */
class StreamTest extends OpenAiTest {

    private static final String USAGE = """
            {"id":"c1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}""";

    @Test
    void ask_stream_yieldsChunksByKindAndTheAnswer() throws IOException {
        var provider =
                provider(PATIENT, http -> http.stream(HELLO, text("Good "), text("day"), FINISH, USAGE, "[DONE]"));

        var events = all(provider.ask(request(true)));

        assertThat(kinds(events)).containsExactly(Kind.PREAMBLE, Kind.CONTENT, Kind.CONTENT, Kind.FINISH, Kind.USAGE);
        assertThat(events.get(1)).isEqualTo(new Event.Chunk(text("Good "), Kind.CONTENT));
        var answer = answer(events);
        assertThat(answer.message().wire()).isEqualTo("{\"role\":\"assistant\",\"content\":\"Good day\"}");
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.usage()).isEqualTo(new Usage(9, 0, 0, 2, 0, Usage.Source.PROVIDER));
        assertThat(answer.model()).isEqualTo("m-1");
        assertThat(answer.body()).isNull();
    }

    @Test
    void ask_stream_sendsKeyBodyAndPath() throws IOException {
        var provider = provider(PATIENT, http -> http.stream(FINISH, "[DONE]"));

        all(provider.ask(request(true)));

        var asked = upstream().asked.getFirst();
        assertThat(asked.head())
                .startsWith("post /v1/chat/completions http/1.1")
                .contains("authorization: bearer " + KEY)
                .doesNotContain("accept-encoding");
        assertThat(asked.body()).isEqualTo("""
                        {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,\
                        "stream_options":{"include_usage":true}}""");
    }

    @Test
    void ask_streamByteByByte_isTheSame() throws IOException {
        String whole = "\uFEFF: hi\r\n\r\ndata: " + HELLO + "\r\n\r\ndata: " + text("Grüße 😀") + "\r\n\r\ndata: "
                + FINISH + "\r\n\r\ndata: [DONE]\r\n\r\n";
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream; charset=utf-8");
            for (byte next : whole.getBytes(StandardCharsets.UTF_8)) {
                http.piece(new byte[] {next});
            }
            http.endStream();
        });

        assertThat(answer(all(provider.ask(request(true)))).message().text()).isEqualTo("Grüße 😀");
    }

    @Test
    void ask_streamAfterStream_usesTheSameConnection() throws IOException {
        var provider = provider(PATIENT, http -> http.stream(text("a"), FINISH, "[DONE]"));

        for (int i = 0; i < 5; i++) {
            all(provider.ask(request(true)));
        }

        // The last chunk's frame may lag behind the answer, so the very next call can be early; five cannot all be.
        assertThat(upstream().connections.get()).isLessThan(5);
        assertThat(upstream().clientGone).isNotDone();
    }

    @Test
    void ask_toolCallDeltas_arePutTogetherByIndex() throws IOException {
        var provider = provider(
                PATIENT,
                http -> http.stream(
                        HELLO,
                        chunk("""
                                {"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}""", null),
                        chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}]}", null),
                        chunk("""
                                {"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}]}""", null),
                        chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}", null),
                        chunk("{}", "tool_calls"),
                        "[DONE]"));

        var answer = answer(all(provider.ask(request(true))));

        assertThat(answer.message().toolCalls())
                .containsExactly(new ToolCall("a", "f", "{\"x\":1}"), new ToolCall("b", "g", "{}"));
        assertThat(answer.message().wire())
                .startsWith(
                        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",");
        assertThat(answer.finishReason()).isEqualTo("tool_calls");
    }

    @Test
    void ask_toolCallsThatShareAnIndex_areToldApartByTheirIds() throws IOException {
        String call =
                "{\"tool_calls\":[{\"index\":0,\"id\":\"%s\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        var provider = provider(
                PATIENT,
                http -> http.stream(
                        chunk(call.formatted("a"), null), chunk(call.formatted("b"), null), FINISH, "[DONE]"));

        assertThat(answer(all(provider.ask(request(true)))).message().toolCalls())
                .extracting(ToolCall::id)
                .containsExactly("a", "b");
    }

    @Test
    void ask_legacyFunctionRefusalAndReasoning_arePutTogether() throws IOException {
        var provider = provider(
                PATIENT,
                http -> http.stream(
                        chunk("{\"reasoning_content\":\"let me \"}", null),
                        chunk("{\"reasoning_content\":\"see\"}", null),
                        chunk("{\"refusal\":\"No\"}", null),
                        chunk("{\"function_call\":{\"name\":\"f\",\"arguments\":\"{\"}}", null),
                        chunk("{\"function_call\":{\"arguments\":\"}\"}}", "function_call"),
                        "[DONE]"));

        var events = all(provider.ask(request(true)));

        assertThat(kinds(events)).startsWith(Kind.CONTENT, Kind.CONTENT, Kind.CONTENT);
        assertThat(answer(events).message().wire()).isEqualTo("""
                        {"role":"assistant","content":null,"refusal":"No","function_call":{"name":"f","arguments":"{}"},\
                        "reasoning_content":"let me see"}""");
    }

    @Test
    void ask_usageBesideAnEmptyChoiceAfterTheFinish_isUsage() throws IOException {
        String usage = """
                {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],\
                "usage":{"prompt_tokens":1,"completion_tokens":1}}""";
        var provider = provider(PATIENT, http -> http.stream(text("a"), FINISH, usage, "[DONE]"));

        assertThat(kinds(all(provider.ask(request(true))))).containsExactly(Kind.CONTENT, Kind.FINISH, Kind.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"c1\",\"created\":1,\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                        + "\"x_groq\":{\"id\":\"r\",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}}",
                "{\"id\":\"c1\",\"created\":1,\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\","
                        + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"cached_tokens\":4}}]}"
            })
    void ask_usageInAPlaceOfTheProvidersOwn_isSaidOnceMoreWhereOpenAiHasIt(String finish) throws IOException {
        var provider = provider(PATIENT, http -> http.stream(text("a"), finish, "[DONE]"));

        var events = all(provider.ask(request(true)));

        assertThat(kinds(events)).containsExactly(Kind.CONTENT, Kind.FINISH, Kind.USAGE);
        assertThat(events.get(1)).isEqualTo(new Event.Chunk(finish, Kind.FINISH));
        assertThat(((Event.Chunk) events.get(2)).json())
                .startsWith(
                        "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m-1\",\"choices\":[],"
                                + "\"usage\":{\"prompt_tokens\":9,");
    }

    @Test
    void ask_usageInTheLastOfTheContent_isNotSaidTwice() throws IOException {
        String finish = """
                {"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"stop"}],"citations":["https://a.example"],\
                "usage":{"prompt_tokens":9,"completion_tokens":2}}""";
        var provider = provider(PATIENT, http -> http.stream(text("a"), finish));

        var events = all(provider.ask(request(true)));

        assertThat(kinds(events)).containsExactly(Kind.CONTENT, Kind.FINISH);
        assertThat(events.get(1)).isEqualTo(new Event.Chunk(finish, Kind.FINISH));
        assertThat(answer(events).usage()).isEqualTo(new Usage(9, 0, 0, 2, 0, Usage.Source.PROVIDER));
    }

    @Test
    void ask_doneWithoutFinish_isComplete() throws IOException {
        var provider = provider(PATIENT, http -> http.stream(HELLO, text("a"), "[DONE]"));

        var events = all(provider.ask(request(true)));

        assertThat(((Event.Chunk) events.get(2)).kind()).isEqualTo(Kind.FINISH);
        assertThat(((Event.Chunk) events.get(2)).json()).contains("\"finish_reason\":\"stop\"");
        assertThat(((Event.Done) events.get(3)).answer().message().text()).isEqualTo("a");
    }

    @Test
    void ask_doneWithoutAnything_isMalformed() throws IOException {
        var provider = provider(PATIENT, http -> http.stream(HELLO, "[DONE]"));

        assertThat(failure(() -> all(provider.ask(request(true)))).kind()).isEqualTo(ProviderFailure.Kind.MALFORMED);
    }

    @Test
    void ask_finishWithoutDone_isComplete() throws IOException {
        var provider = provider(PATIENT, http -> http.stream(text("a"), FINISH));

        assertThat(answer(all(provider.ask(request(true)))).message().text()).isEqualTo("a");
    }

    @Test
    void ask_resetAfterTheFinish_isComplete() throws IOException {
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            http.event(text("a"));
            http.event(FINISH);
            http.raw("5\r\n");
            http.socketEnd();
        });

        assertThat(answer(all(provider.ask(request(true)))).message().text()).isEqualTo("a");
    }

    @Test
    void ask_silenceAfterTheFinish_isComplete() throws IOException {
        var timeouts = new Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(50), Duration.ofSeconds(10));
        var provider = provider(timeouts, http -> {
            http.openStream("text/event-stream");
            http.event(text("a"));
            http.event(FINISH);
            http.stall();
        });

        assertThat(answer(all(provider.ask(request(true)))).message().text()).isEqualTo("a");
    }

    @Test
    void ask_completionWhereAStreamWasAskedFor_isCutIntoChunks() throws IOException {
        var provider = provider(PATIENT, http -> http.respond(200, "application/json", """
                        {"id":"c","object":"chat.completion","created":3,"model":"m-1","choices":[{"index":0,"message":
                        {"role":"assistant","content":"Hi","tool_calls":[{"id":"t","type":"function","function":
                        {"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}],
                        "usage":{"prompt_tokens":1,"completion_tokens":1}}"""));

        var events = all(provider.ask(request(true)));

        assertThat(kinds(events)).containsExactly(Kind.PREAMBLE, Kind.CONTENT, Kind.FINISH, Kind.USAGE);
        assertThat(events.get(1)).isEqualTo(new Event.Chunk("""
                        {"id":"c","object":"chat.completion.chunk","created":3,"model":"m-1","choices":[{"index":0,\
                        "delta":{"content":"Hi","tool_calls":[{"id":"t","type":"function","function":\
                        {"name":"f","arguments":"{}"},"index":0}]},"finish_reason":null}]}""", Kind.CONTENT));
        assertThat(answer(events).message().toolCalls()).hasSize(1);
        assertThat(answer(events).body()).isNull();
    }

    @Test
    void next_beforeAnythingCame_isNullAndTheStreamGoesOn() throws IOException {
        var asked = new CountDownLatch(1);
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            asked.await();
            http.event(text("a"));
            http.event(FINISH);
            http.event("[DONE]");
            http.endStream();
        });

        try (var reply = provider.ask(request(true))) {
            assertThat(reply.next(Duration.ZERO)).isNull();
            assertThat(reply.next(Duration.ofMillis(1))).isNull();
            asked.countDown();
            assertThat(next(reply)).isInstanceOf(Event.Chunk.class);
            assertThat(next(reply)).isInstanceOf(Event.Chunk.class);
            assertThat(next(reply)).isInstanceOf(Event.Done.class);
            assertThatThrownBy(() -> reply.next(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void ask_eventsOfOtherNames_areIgnored() throws IOException {
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            http.piece("event: ping\ndata: still here\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n");
            http.event(text("a"));
            http.event(FINISH);
            http.event(" [DONE] ");
            http.endStream();
        });

        assertThat(kinds(all(provider.ask(request(true))))).containsExactly(Kind.CONTENT, Kind.FINISH);
    }

    @Test
    void next_severalDataLines_areHandedOnAsOneLine() throws IOException {
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            http.piece("data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n");
            http.endStream();
        });

        assertThat(all(provider.ask(request(true))).getFirst())
                .isEqualTo(new Event.Chunk("{\"choices\":[{\"delta\": {\"content\":\"a\"}}]}", Kind.CONTENT));
    }

    @Test
    void ask_streamOfAHundredThousandChunks_arrivesWhole() throws IOException {
        String hundred = ("data: " + text("x") + "\n\n").repeat(100);
        var provider = provider(PATIENT, http -> {
            http.openStream("text/event-stream");
            for (String piece : Collections.nCopies(1_000, hundred)) {
                http.piece(piece);
            }
            http.event("[DONE]");
            http.endStream();
        });

        assertThat(answer(all(provider.ask(request(true)))).message().text()).hasSize(100_000);
    }
}
