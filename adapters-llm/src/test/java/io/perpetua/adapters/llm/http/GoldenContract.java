package io.perpetua.adapters.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.adapters.llm.wire.OpenAiMessages;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import io.perpetua.application.routing.ProviderReply.Event;
import io.perpetua.domain.conversation.Message;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A dialect in both directions, over HTTP. Each folder beside the test's class is a case: {@code request.json} as a client
 * of OpenAI's sends it, {@code upstream-request.json} as the provider has to get it, {@code upstream-answer.json} or
 * {@code upstream-answer.sse} as it answers, and {@code answer.json} or {@code answer.jsonl}, a chunk a line, as the client
 * has to get it.
 */
public abstract class GoldenContract extends DialectTest {

    /** What is asked for in every case, under the name of a folder. */
    @TestFactory
    final Stream<DynamicTest> goldens() throws IOException, URISyntaxException {
        var folder =
                Path.of(Objects.requireNonNull(getClass().getResource("golden")).toURI());
        try (var cases = Files.list(folder)) {
            return cases.sorted().toList().stream()
                    .map(each -> DynamicTest.dynamicTest(each.getFileName().toString(), () -> check(each)));
        }
    }

    private void check(Path folder) throws IOException {
        var request = request(Files.readString(folder.resolve("request.json")));
        String served = Files.readString(folder.resolve("upstream-answer." + (request.stream() ? "sse" : "json")));
        var provider = provider(PATIENT, http -> {
            if (request.stream()) {
                http.wholeStream(served);
            } else {
                http.respond(200, "application/json", served);
            }
        });
        try {
            var events = all(provider.ask(request));
            assertThat(json(upstream().asked.getFirst().body()))
                    .isEqualTo(json(Files.readString(folder.resolve("upstream-request.json"))));
            if (request.stream()) {
                assertThat(chunks(events)).isEqualTo(Files.readString(folder.resolve("answer.jsonl")));
            } else {
                assertThat(json(Objects.requireNonNull(answer(events).body())))
                        .isEqualTo(json(Files.readString(folder.resolve("answer.json"))));
            }
        } finally {
            stop();
        }
    }

    /** The request that a client's JSON is. */
    public static ProviderRequest request(String body) {
        var json = Objects.requireNonNull(Json.parseObject(body));
        var messages = new ArrayList<Message>();
        json.path("messages").forEach(message -> messages.add(OpenAiMessages.read(message)));
        String model = json.path("model").asText();
        boolean stream = json.path("stream").asBoolean();
        return new ProviderRequest(
                model, messages, Json.write(json.without(List.of("model", "messages", "stream"))), stream);
    }

    private static String chunks(List<Event> events) {
        return events.stream()
                .filter(Event.Chunk.class::isInstance)
                .map(event -> ((Event.Chunk) event).json() + "\n")
                .collect(Collectors.joining());
    }

    private static JsonNode json(String text) {
        return Objects.requireNonNull(Json.parse(text), text);
    }
}
