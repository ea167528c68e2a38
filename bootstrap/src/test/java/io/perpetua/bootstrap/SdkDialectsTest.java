package io.perpetua.bootstrap;

import static io.perpetua.bootstrap.EveryDialect.asking;
import static io.perpetua.bootstrap.EveryDialect.assertHolds;
import static io.perpetua.bootstrap.EveryDialect.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.models.Model;
import io.perpetua.bootstrap.ScriptedAnswer.Call;
import io.perpetua.bootstrap.UpstreamFormat.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The official client is answered by every provider as it would be by OpenAI, whole and streamed. */
class SdkDialectsTest {

    private static final String UPPER = "{\"lock\":\"upper\"}";
    private static final String LOWER = "{\"lock\":\"lower\"}";

    @SuppressWarnings("NullAway.Init") // made before the tests
    private static EveryDialect providers;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        providers = new EveryDialect(data, Map.of());
    }

    @AfterAll
    static void stop() {
        providers.close();
    }

    static Stream<Way> ways() {
        return EveryDialect.ways();
    }

    static Stream<UpstreamFormat> formats() {
        return EveryDialect.FORMATS.stream();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_question_isAnsweredWithItsUsage(Way way) {
        var format = way.format();
        providers.next(way, ScriptedAnswer.saying("The ferry leaves at six."));
        var told = providers.complete(asking(format.id(), "When does it leave?").build(), way.stream());
        assertThat(told.text()).isEqualTo("The ferry leaves at six.");
        assertThat(told.finishReason()).isEqualTo("stop");
        assertThat(told.completion().model()).isEqualTo(format.model());
        var usage = told.completion().usage().orElseThrow();
        assertThat(usage.promptTokens()).isEqualTo(20);
        assertThat(usage.completionTokens()).isEqualTo(5);
        assertThat(usage.totalTokens()).isEqualTo(25);
        assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens()).contains(16L);
        assertThat(told.metadata().path("provider").asText()).isEqualTo(format.provider());
        assertThat(told.metadata().path("model").asText()).isEqualTo(format.model());
        assertThat(told.metadata().at("/usage/cached_input").asInt()).isEqualTo(16);
        assertThat(told.metadata().path("cost_usd").asDouble()).isCloseTo(format.cost(), within(1e-12));

        var request = providers.lastTo(format);
        assertThat(request.target()).isEqualTo(format.target(way.stream()));
        assertThat(request.headers().getFirst(format.keyHeader())).isEqualTo(format.keyValue());
        assertHolds(request, format.question("When does it leave?"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_toolCalls_goThereAndBack(Way way) {
        var format = way.format();
        var asking = asking(format.id(), "How high is the water in both locks, " + way + "?")
                .addFunctionTool(FunctionDefinition.builder()
                        .name("water_level")
                        .parameters(parameters())
                        .build());
        providers.next(
                way,
                ScriptedAnswer.calling(
                        new Call("call_1", "water_level", UPPER), new Call("call_2", "water_level", LOWER)));
        var calling = providers.complete(asking.build(), way.stream());
        assertThat(calling.finishReason()).isEqualTo("tool_calls");
        assertHolds(providers.lastTo(format), format.function());
        var message = calling.completion().choices().getFirst().message();
        var calls = calls(message);
        assertThat(calls).extracting(Call::name).containsExactly("water_level", "water_level");
        assertThat(calls).extracting(call -> json(call.arguments())).containsExactly(json(UPPER), json(LOWER));
        assertThat(calls.get(0).id()).isNotEqualTo(calls.get(1).id());

        asking.addMessage(message);
        calls.forEach(call -> asking.addMessage(ChatCompletionToolMessageParam.builder()
                .toolCallId(call.id())
                .content("4.2 m")
                .build()));
        providers.next(way, ScriptedAnswer.saying("Both stand at 4.2 metres."));
        var told = providers.complete(asking.build(), way.stream());
        assertThat(told.text()).isEqualTo("Both stand at 4.2 metres.");
        assertThat(told.finishReason()).isEqualTo("stop");
        assertThat(told.metadata().path("conversation_id"))
                .isEqualTo(calling.metadata().path("conversation_id"));
        assertHolds(providers.lastTo(format), format.calls(calls));
        assertHolds(providers.lastTo(format), format.report(0, calls.get(0), "4.2 m"));
        assertHolds(providers.lastTo(format), format.report(1, calls.get(1), "4.2 m"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_picture_reachesTheProviderInItsShape(Way way) {
        providers.next(way, ScriptedAnswer.saying("A heron."));
        var asking = ChatCompletionCreateParams.builder()
                .model(way.format().id())
                .addUserMessageOfArrayOfContentParts(List.of(
                        ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                                .text("Which bird is this?")
                                .build()),
                        ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                                        .url("data:image/png;base64," + UpstreamFormat.PICTURE)
                                        .build())
                                .build())))
                .build();
        assertThat(providers.complete(asking, way.stream()).text()).isEqualTo("A heron.");
        assertHolds(providers.lastTo(way.format()), way.format().picture());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void complete_schema_reachesTheProviderInItsShape(Way way) {
        providers.next(way, ScriptedAnswer.saying("4.2 and no more"));
        var schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        properties(UpstreamFormat.SCHEMA).forEach(schema::putAdditionalProperty);
        var asking = asking(way.format().id(), "How high is the water?")
                .jsonSchemaResponseFormat(ResponseFormatJsonSchema.JsonSchema.builder()
                        .name("level")
                        .strict(true)
                        .schema(schema.build())
                        .build())
                .build();
        assertThat(providers.complete(asking, way.stream()).text()).isEqualTo("4.2 and no more");
        assertHolds(providers.lastTo(way.format()), way.format().schema());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void complete_reportAloneInANamedConversation_meetsTheCallThatWasStreamed(UpstreamFormat format) {
        var conversation = JsonValue.from("locks-of-" + format);
        var call = new Call("call_1", "water_level", UPPER);
        providers.next(new Way(format, true), ScriptedAnswer.calling(call));
        var calling = providers.complete(
                asking(format.id(), "How high is the water?")
                        .putAdditionalBodyProperty("conversation_id", conversation)
                        .build(),
                true);
        var made = calls(calling.completion().choices().getFirst().message()).getFirst();
        providers.next(new Way(format, false), ScriptedAnswer.saying("At 4.2 metres."));
        var told = providers.complete(
                ChatCompletionCreateParams.builder()
                        .model(format.id())
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(made.id())
                                .content("4.2 m")
                                .build())
                        .putAdditionalBodyProperty("conversation_id", conversation)
                        .build(),
                false);
        assertThat(told.text()).isEqualTo("At 4.2 metres.");
        assertHolds(providers.lastTo(format), format.calls(List.of(made)));
        assertHolds(providers.lastTo(format), format.report(0, made, "4.2 m"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void stream_whoseUsageNobodyWants_tellsOfItInTheAccountAlone(UpstreamFormat format) {
        providers.next(new Way(format, true), ScriptedAnswer.saying("Gate five."));
        var asking = asking(format.id(), "Which gate?").build();
        try (var response = providers.client().chat().completions().createStreaming(asking)) {
            var chunks = response.stream().toList();
            assertThat(chunks).noneMatch(chunk -> chunk.usage().isPresent());
            assertThat(EveryDialect.metadata(chunks.getLast()._allProperties())
                            .at("/usage/input")
                            .asInt())
                    .isEqualTo(20);
        }
    }

    @Test
    void list_holdsTheModelsOfEveryProvider() {
        assertThat(providers.client().models().list().data())
                .extracting(Model::id)
                .contains("auto")
                .containsAll(
                        EveryDialect.FORMATS.stream().map(UpstreamFormat::id).toList());
    }

    private static List<Call> calls(ChatCompletionMessage message) {
        var calls = new ArrayList<Call>();
        for (var each : message.toolCalls().orElseThrow()) {
            var call = each.asFunction();
            calls.add(
                    new Call(call.id(), call.function().name(), call.function().arguments()));
        }
        return calls;
    }

    private static FunctionParameters parameters() {
        var parameters = FunctionParameters.builder();
        properties(UpstreamFormat.PARAMETERS).forEach(parameters::putAdditionalProperty);
        return parameters.build();
    }

    private static Map<String, JsonValue> properties(String json) {
        var properties = new LinkedHashMap<String, JsonValue>();
        json(json).properties().forEach(each -> properties.put(each.getKey(), JsonValue.fromJsonNode(each.getValue())));
        return properties;
    }
}
