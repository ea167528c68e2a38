package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official client, which knows nothing of us, over the whole server and a provider that plays OpenAI. */
class OpenAiSdkTest {

    private static final String METADATA = "perpetual_metadata";

    private static ScriptedOpenAi upstream;
    private static RunningServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        upstream = new ScriptedOpenAi();
        server = new RunningServer(
                data.resolve("served"),
                Map.of("openai.base.url", upstream.url(), "openai.api.key", "sk-test", "perpetua.embedder", "none"));
        client = client(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        upstream.close();
    }

    @Test
    void create_answersAndAccounts() {
        upstream.nextAnswer("Good morning.");
        var answer = client.chat().completions().create(asking("auto", "Hello there."));
        assertThat(text(answer)).isEqualTo("Good morning.");
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(25);
        var metadata = metadata(answer._allProperties());
        assertThat(metadata.path("provider").asText()).isEqualTo("openai");
        assertThat(metadata.path("model").asText()).isEqualTo("gpt-4o-mini");
        assertThat(metadata.path("turn").asInt()).isEqualTo(2);
        assertThat(metadata.at("/usage/output").asInt()).isEqualTo(5);
        assertThat(metadata.path("cost_usd").asDouble()).isPositive();
    }

    @Test
    void create_withoutAnId_isRecognisedByTheHistory() {
        upstream.nextAnswer("Nine crates.");
        upstream.nextAnswer("Green ones.");
        upstream.nextAnswer("Nine crates, again.");
        var first = client.chat().completions().create(asking("auto", "How many crates came?"));
        var second = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("auto")
                        .addUserMessage("How many crates came?")
                        .addMessage(first.choices().getFirst().message())
                        .addUserMessage("Which colour?")
                        .build());
        var other = client.chat().completions().create(asking("auto", "How many crates came?"));
        String id = conversation(first);
        assertThat(conversation(second)).isEqualTo(id);
        assertThat(metadata(second._allProperties()).path("turn").asInt()).isEqualTo(4);
        assertThat(conversation(other)).isNotEqualTo(id);
    }

    @Test
    void create_tools_goThereAndBack() {
        upstream.nextMessage("""
                {"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"call_7","type":"function",\
                "function":{"name":"water_level","arguments":"{\\"lock\\":\\"upper\\"}"}}]}""", "tool_calls");
        upstream.nextAnswer("The upper lock stands at 4.2 metres.");
        var asking = ChatCompletionCreateParams.builder()
                .model("auto")
                .addUserMessage("How high is the water in the upper lock?")
                .addFunctionTool(FunctionDefinition.builder()
                        .name("water_level")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .build())
                        .build());
        var call = client.chat().completions().create(asking.build());
        var message = call.choices().getFirst().message();
        var tool = message.toolCalls().orElseThrow().getFirst().asFunction();
        assertThat(tool.function().name()).isEqualTo("water_level");
        assertThat(tool.function().arguments()).isEqualTo("{\"lock\":\"upper\"}");

        int before = upstream.asked().size();
        var answer = client.chat()
                .completions()
                .create(asking.addMessage(message)
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(tool.id())
                                .content("4.2 m")
                                .build())
                        .build());
        assertThat(text(answer)).isEqualTo("The upper lock stands at 4.2 metres.");
        assertThat(conversation(answer)).isEqualTo(conversation(call));
        var relayed = upstream.asked().get(before);
        assertThat(relayed.at("/tools/0/function/name").asText()).isEqualTo("water_level");
        assertThat(relayed.path("messages").findValuesAsText("role")).containsSubsequence("user", "assistant", "tool");
        assertThat(relayed.path("messages").findValuesAsText("tool_call_id")).contains("call_7");
    }

    @Test
    void createStreaming_accumulatesToTheAnswer() {
        upstream.next(exchange -> {
            ScriptedOpenAi.begin(exchange);
            ScriptedOpenAi.say(exchange, "The ferry ");
            ScriptedOpenAi.say(exchange, "leaves at six.");
            ScriptedOpenAi.end(exchange);
        });
        var chunks = chunks(asking("auto", "When does the ferry leave?"));
        var accumulator = ChatCompletionAccumulator.create();
        chunks.forEach(accumulator::accumulate);
        assertThat(text(accumulator.chatCompletion())).isEqualTo("The ferry leaves at six.");
        var last = chunks.getLast();
        assertThat(last.choices().getFirst().finishReason().orElseThrow().toString())
                .isEqualTo("stop");
        assertThat(metadata(last._allProperties()).path("turn").asInt()).isEqualTo(2);
        assertThat(chunks).noneMatch(chunk -> chunk.usage().isPresent());
    }

    @Test
    void createStreaming_wantingUsage_endsWithIt() {
        upstream.next(exchange -> {
            ScriptedOpenAi.begin(exchange);
            ScriptedOpenAi.say(exchange, "Gate five.");
            ScriptedOpenAi.end(exchange);
        });
        var chunks = chunks(asking("auto", "Which gate?").toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());
        var last = chunks.getLast();
        assertThat(last.choices()).isEmpty();
        assertThat(last.usage().orElseThrow().totalTokens()).isEqualTo(25);
        assertThat(metadata(last._allProperties()).at("/usage/input").asInt()).isEqualTo(20);
    }

    @Test
    void createStreaming_closed_endsAtTheProvider() throws Exception {
        var gone = new CompletableFuture<Boolean>();
        upstream.next(exchange -> {
            try {
                ScriptedOpenAi.begin(exchange);
                while (!gone.isDone()) {
                    ScriptedOpenAi.say(exchange, "on and on ".repeat(100));
                }
            } catch (IOException e) {
                gone.complete(true);
            }
        });
        try (var stream = client.chat().completions().createStreaming(asking("auto", "Tell me everything."))) {
            assertThat(stream.stream().limit(3).count()).isEqualTo(3);
        }
        assertThat(gone.completeOnTimeout(false, 30, TimeUnit.SECONDS).get()).isTrue();
    }

    @Test
    void create_whatTheProviderRefuses_isToldInItsWords() {
        upstream.next(exchange -> ScriptedUpstream.reply(exchange, 400, """
                {"error":{"message":"'temperature' is too high","type":"invalid_request_error",\
                "param":"temperature","code":"out_of_range"}}"""));
        var asking = asking("auto", "Be bold.").toBuilder().temperature(9).build();
        assertThatThrownBy(() -> client.chat().completions().create(asking))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.param().orElseThrow()).isEqualTo("temperature"))
                .hasMessageContaining("'temperature' is too high");
    }

    @Test
    void create_whatWeRefuse_namesTheField() {
        var asking = asking("auto", "Hello.").toBuilder()
                .putAdditionalBodyProperty("memory_config", JsonValue.from(Map.of("mode", "huge")))
                .build();
        assertThatThrownBy(() -> client.chat().completions().create(asking))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        e -> assertThat(e.param().orElseThrow()).isEqualTo("memory_config.mode"));
    }

    @Test
    void list_namesTheModels() {
        assertThat(client.models().list().data().stream().map(Model::id))
                .contains("auto", "openai/gpt-4o-mini", "offline/offline");
    }

    @Test
    void withoutAProvider_modelsAreRefusedAndTextsEmbedded(@TempDir Path data) {
        try (var alone = new RunningServer(data, Map.of())) {
            var offline = client(alone);
            assertThatThrownBy(() -> offline.chat().completions().create(asking("gpt-9", "Hello.")))
                    .isInstanceOfSatisfying(
                            NotFoundException.class,
                            e -> assertThat(e.code().orElseThrow()).isEqualTo("model_not_found"));
            var embedded = offline.embeddings()
                    .create(EmbeddingCreateParams.builder()
                            .model("bge-small-en-v1.5")
                            .inputOfArrayOfStrings(List.of("a heron", "a grey heron", "a tax return"))
                            .build())
                    .data();
            assertThat(embedded).hasSize(3).allMatch(each -> each.embedding().size() == 384);
            var heron = embedded.getFirst().embedding();
            assertThat(dot(heron, embedded.get(1).embedding()))
                    .isGreaterThan(dot(heron, embedded.get(2).embedding()));
            offline.close();
        }
    }

    private static OpenAIClient client(RunningServer server) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + server.port() + "/v1")
                .apiKey("anything")
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams asking(String model, String text) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(text)
                .build();
    }

    private static List<ChatCompletionChunk> chunks(ChatCompletionCreateParams asking) {
        try (var stream = client.chat().completions().createStreaming(asking)) {
            return stream.stream().toList();
        }
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElseThrow();
    }

    private static String conversation(ChatCompletion answer) {
        return metadata(answer._allProperties()).path("conversation_id").asText();
    }

    private static JsonNode metadata(Map<String, JsonValue> additional) {
        return Http.JSON.valueToTree(additional.get(METADATA));
    }

    private static double dot(List<Float> one, List<Float> other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += one.get(i) * other.get(i);
        }
        return sum;
    }
}
