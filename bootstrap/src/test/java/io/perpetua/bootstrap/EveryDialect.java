package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.sun.net.httpserver.HttpExchange;
import io.perpetua.bootstrap.ScriptedUpstream.Request;
import io.perpetua.bootstrap.UpstreamFormat.Place;
import io.perpetua.bootstrap.UpstreamFormat.Refusal;
import io.perpetua.bootstrap.UpstreamFormat.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The whole server, behind it a scripted provider of every dialect, and before it the official client. */
final class EveryDialect implements AutoCloseable {

    static final List<UpstreamFormat> FORMATS = List.of(new OpenAiFormat(), new AnthropicFormat(), new GeminiFormat());

    private final Map<UpstreamFormat, ScriptedUpstream> upstreams = new LinkedHashMap<>();
    private final RunningServer server;
    private final OpenAIClient client;

    /**
     * Starts them all.
     *
     * @param data the server's data directory
     * @param settings what is configured besides the providers; nothing is tried twice or answered from the cache
     */
    EveryDialect(Path data, Map<String, Object> settings) throws IOException {
        var all = new HashMap<String, Object>(
                Map.of("perpetua.embedder", "none", "perpetua.cache.enabled", false, "perpetua.retries.attempts", 0));
        all.putAll(settings);
        for (var format : FORMATS) {
            var upstream = new ScriptedUpstream();
            upstreams.put(format, upstream);
            all.put(format.provider() + ".base.url", upstream.url() + format.base());
            all.put(format.provider() + ".api.key", UpstreamFormat.KEY);
        }
        server = new RunningServer(data, all);
        client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + server.port() + "/v1")
                .apiKey("anything")
                .maxRetries(0)
                .build();
    }

    /**
     * What the client was told.
     *
     * @param metadata the account of the turn
     */
    record Told(ChatCompletion completion, JsonNode metadata) {

        String text() {
            return completion.choices().getFirst().message().content().orElse("");
        }

        String finishReason() {
            return completion.choices().getFirst().finishReason().toString();
        }
    }

    /** Every provider, whole and streamed. */
    static Stream<Way> ways() {
        return FORMATS.stream().flatMap(format -> Stream.of(new Way(format, false), new Way(format, true)));
    }

    OpenAIClient client() {
        return client;
    }

    /** The next request, which is to come by {@code way}, is answered so. */
    void next(Way way, ScriptedAnswer answer) {
        var format = way.format();
        upstream(format).next(exchange -> {
            if (way.stream()) {
                stream(exchange, format.events(answer), 0);
            } else {
                ScriptedUpstream.reply(exchange, 200, format.whole(answer));
            }
        });
    }

    /** The next request to {@code format} is refused. */
    void next(UpstreamFormat format, Refusal refusal) {
        upstream(format).next(exchange -> ScriptedUpstream.reply(exchange, refusal.status(), refusal.json()));
    }

    /**
     * Sends {@code events} and ends.
     *
     * @param promised how long the body is said to be; when it is longer than what was sent, the connection breaks; 0 for
     *     as long as it will be
     */
    static void stream(HttpExchange exchange, List<String> events, long promised) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, promised);
        for (String event : events) {
            ScriptedUpstream.send(exchange, event);
        }
    }

    ScriptedUpstream upstream(UpstreamFormat format) {
        return Objects.requireNonNull(upstreams.get(format));
    }

    /** What the provider of {@code format} was asked last. */
    Request lastTo(UpstreamFormat format) {
        return upstream(format).requests().getLast();
    }

    /** How often all providers have been asked, together. */
    int calls() {
        return upstreams.values().stream()
                .mapToInt(each -> each.requests().size())
                .sum();
    }

    /** Asks, streamed or not, and takes in the whole answer. */
    Told complete(ChatCompletionCreateParams asking, boolean stream) {
        if (!stream) {
            var completion = client.chat().completions().create(asking);
            return new Told(completion, metadata(completion._allProperties()));
        }
        var chunks = new ArrayList<ChatCompletionChunk>();
        stream(asking, chunks::add);
        var accumulator = ChatCompletionAccumulator.create();
        chunks.forEach(accumulator::accumulate);
        return new Told(accumulator.chatCompletion(), metadata(chunks.getLast()._allProperties()));
    }

    /** Asks for a stream, with its usage, and hands on each chunk as it comes. */
    void stream(ChatCompletionCreateParams asking, Consumer<ChatCompletionChunk> chunks) {
        var streamed = asking.toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(streamed)) {
            response.stream().forEach(chunks);
        }
    }

    static ChatCompletionCreateParams.Builder asking(String model, String text) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
    }

    /** Asserts that {@code request} holds what is expected where it is. */
    static void assertHolds(Request request, Place place) {
        assertThat(request.body().at(place.pointer()))
                .as("%s of %s", place.pointer(), request.body())
                .isEqualTo(json(place.json()));
    }

    static JsonNode json(String text) {
        try {
            return Http.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The account of the turn among the fields of an answer or a chunk. */
    static JsonNode metadata(Map<String, JsonValue> additional) {
        return Http.JSON.valueToTree(additional.get("perpetual_metadata"));
    }

    @Override
    public void close() {
        client.close();
        server.close();
        upstreams.values().forEach(ScriptedUpstream::close);
    }
}
