package io.perpetua.adapters.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.application.cache.CompletionFormat;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.application.routing.ProviderReply.Kind;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.usage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCompletionFormatTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Usage USED = new Usage(9, 4, 0, 3, 1, Usage.Source.PROVIDER);

    private final CompletionFormat format = new JsonCompletionFormat();

    @Test
    void comparable_orderAndDeliveryDiffer_isTheSame() {
        assertThat(format.comparable("{\"stream_options\":{\"include_usage\":true},\"seed\":1,\"temperature\":0.20}"))
                .isEqualTo(format.comparable("{\"temperature\":0.20, \"seed\": 1}"))
                .isEqualTo("{\"seed\":1,\"temperature\":0.20}");
    }

    @Test
    void comparable_fieldsOfASchemaInAnotherOrder_differ() {
        assertThat(format.comparable("{\"response_format\":{\"a\":1,\"b\":2}}"))
                .isNotEqualTo(format.comparable("{\"response_format\":{\"b\":2,\"a\":1}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\":2}", "{\"logprobs\":true}", "{\"audio\":{\"voice\":\"x\"}}"})
    void comparable_moreThanAKeptCompletionHas_isNull(String parameters) {
        assertThat(format.comparable(parameters)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\":1}", "{\"n\":null}", "{\"logprobs\":false}", "{\"tools\":[{\"n\":5}]}"})
    void comparable_oneChoice_isComparable(String parameters) {
        assertThat(format.comparable(parameters)).isNotNull();
    }

    @Test
    void write_streamedAnswer_readsBackAsTheSame() {
        var message = new JsonMessageWriter().compose(Role.ASSISTANT, "Paris, \"of course\". 🅱");
        String completion =
                format.write("chatcmpl-1", NOON, "gpt", new Answer(message, "stop", USED, "gpt-4o-mini", null));

        assertThat(completion)
                .startsWith("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":" + NOON.getEpochSecond()
                        + ",\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\"");
        assertThat(format.read(completion)).isEqualTo(new Answer(message, "stop", USED, "gpt-4o-mini", completion));
    }

    @Test
    void write_providerSaysNothingOfItself_leavesUsageOutAndTakesTheModelAskedFor() {
        var message = new JsonMessageWriter().compose(Role.ASSISTANT, "Paris");

        var answer = format.read(format.write("1", NOON, "gpt", new Answer(message, "stop", null, null, null)));

        assertThat(answer.usage()).isNull();
        assertThat(answer.model()).isEqualTo("gpt");
    }

    @Test
    void stream_longText_comesInPiecesThatMakeTheWhole() {
        String text =
                "The quick brown fox jumps over the lazy dog.\n\n" + "🅱".repeat(100) + " and on it goes. ".repeat(20);
        var message = new JsonMessageWriter().compose(Role.ASSISTANT, text);

        var events = format.stream(format.write("1", NOON, "gpt", new Answer(message, "stop", USED, null, null)));

        assertThat(contents(events).size()).isGreaterThan(5);
        assertThat(contents(events).stream()
                        .map(delta -> delta.path("content").asText())
                        .collect(Collectors.joining()))
                .isEqualTo(text);
        assertThat(kinds(events))
                .startsWith(Kind.PREAMBLE, Kind.CONTENT)
                .endsWith(Kind.CONTENT, Kind.FINISH, Kind.USAGE);
        assertThat(events.getLast()).isEqualTo(new Event.Done(new Answer(message, "stop", USED, "gpt", null)));
    }

    @Test
    void stream_whatElseTheMessageHas_comesFirst() {
        var events = format.stream("""
                {"id":"1","created":2,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":
                {"role":"assistant","content":"Hi","refusal":null,"reasoning_content":"hm","annotations":[]}}]}""");

        assertThat(contents(events).stream().map(JsonNode::toString))
                .containsExactly("{\"reasoning_content\":\"hm\"}", "{\"content\":\"Hi\"}");
        assertThat(kinds(events)).doesNotContain(Kind.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"choices\":[{\"message\":{\"content\":5}}]}"})
    void read_somethingElse_isRefused(String completion) {
        assertThatThrownBy(() -> format.read(completion)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> format.stream(completion)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Kind> kinds(List<Event> events) {
        return chunks(events).stream().map(Event.Chunk::kind).toList();
    }

    private static List<JsonNode> contents(List<Event> events) {
        return chunks(events).stream()
                .filter(chunk -> chunk.kind() == Kind.CONTENT)
                .map(chunk -> Objects.requireNonNull(Json.parse(chunk.json()))
                        .path("choices")
                        .path(0)
                        .path("delta"))
                .toList();
    }

    private static List<Event.Chunk> chunks(List<Event> events) {
        return events.stream()
                .filter(Event.Chunk.class::isInstance)
                .map(Event.Chunk.class::cast)
                .toList();
    }
}
