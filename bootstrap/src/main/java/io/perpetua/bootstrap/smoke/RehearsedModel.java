package io.perpetua.bootstrap.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

/**
 * A provider on this machine that needs no network and no key: it knows a few questions, and of what was said before only
 * what it is sent. Under {@code /failing} it refuses everyone. Speaks OpenAI's protocol; safe for concurrent use.
 */
final class RehearsedModel implements AutoCloseable {

    private static final String CODE = "reversed_items = items[::-1]";

    /** What it says to what. */
    private static final Map<String, String> ANSWERS = Map.of(
            "hello there",
            "Hello! What are we going to work on?",
            "write python to reverse a list",
            "Here you are: " + CODE,
            "rewrite this to be formal: hey team, we shipped.",
            "Dear team, we are pleased to announce that the release has been shipped.",
            "what is time complexity of merge sort?",
            "Merge sort takes O(n log n) comparisons.",
            "lol nice",
            "Glad that you like it!",
            "make it better",
            "What is to be better: the code, or the announcement?");

    private static final String EXPLAIN = "explain how that code works";
    private static final String RECALL = "what were we working on again?";
    private static final String FORGOTTEN = "Nothing that I was told of.";

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    RehearsedModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/failing", RehearsedModel::refuse);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it answers. */
    URI answering() {
        return at("/v1");
    }

    /** Where it does not. */
    URI failing() {
        return at("/failing/v1");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            send(exchange, 503, "application/json", "{\"error\":{\"message\":\"this one always fails\"}}");
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = json.readTree(exchange.getRequestBody());
            String answer = answer(request.path("messages"));
            if (request.path("stream").asBoolean()) {
                send(exchange, 200, "text/event-stream", stream(answer));
            } else {
                send(exchange, 200, "application/json", completion(answer).toString());
            }
        }
    }

    /** What is said to the last message of {@code messages}. */
    private static String answer(JsonNode messages) {
        String asked = messages.path(messages.size() - 1).path("content").asText();
        if (asked.endsWith(EXPLAIN)) {
            return saidBefore(messages, CODE)
                    ? "It goes through the list from its end, a slice of step -1."
                    : FORGOTTEN;
        }
        if (asked.endsWith(Smoke.LANGUAGE_QUESTION)) {
            return saidBefore(messages, "python") ? "In python." : FORGOTTEN;
        }
        if (asked.endsWith(RECALL)) {
            return saidBefore(messages, "python") ? "On some python that reverses a list." : FORGOTTEN;
        }
        // Memory may have put something in front of what was asked.
        return ANSWERS.entrySet().stream()
                .filter(each -> asked.endsWith(each.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("Hello, whoever you are: " + asked);
    }

    private static boolean saidBefore(JsonNode messages, String words) {
        return StreamSupport.stream(messages.spliterator(), false)
                .anyMatch(message -> message.path("content").asText().contains(words));
    }

    private ObjectNode completion(String answer) {
        var completion = head("chat.completion");
        var choice = completion.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", answer);
        usage(completion, answer);
        return completion;
    }

    private String stream(String answer) {
        var stream = new StringBuilder();
        for (String word : answer.split("(?<= )", -1)) {
            var chunk = chunk();
            chunk.withArray("choices")
                    .addObject()
                    .put("index", 0)
                    .putNull("finish_reason")
                    .putObject("delta")
                    .put("role", "assistant")
                    .put("content", word);
            event(stream, chunk.toString());
        }
        var last = chunk();
        last.withArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", "stop")
                .putObject("delta");
        event(stream, last.toString());
        var usage = chunk();
        usage.putArray("choices");
        usage(usage, answer);
        event(stream, usage.toString());
        event(stream, "[DONE]");
        return stream.toString();
    }

    private static void event(StringBuilder stream, String data) {
        stream.append("data: ").append(data).append("\n\n");
    }

    private ObjectNode chunk() {
        return head("chat.completion.chunk");
    }

    private ObjectNode head(String object) {
        return json.createObjectNode()
                .put("id", "chatcmpl-rehearsed")
                .put("object", object)
                .put("created", 0)
                .put("model", "smoke");
    }

    private static void usage(ObjectNode to, String answer) {
        int words = answer.split(" ", -1).length;
        to.putObject("usage")
                .put("prompt_tokens", 1)
                .put("completion_tokens", words)
                .put("total_tokens", words + 1);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
