package io.perpetua.benchmarks.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A provider on this machine that answers by a rule, and remembers what it was asked. */
final class ScriptedUpstream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Function<JsonNode, String> answer;
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    /** Answers each request as {@code answer} says; where that is empty, with an error. */
    ScriptedUpstream(Function<JsonNode, String> answer) throws IOException {
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The requests so far. */
    List<JsonNode> asked() {
        return asked;
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            var request = JSON.readTree(exchange.getRequestBody());
            asked.add(request);
            String text = answer.apply(request);
            byte[] body = JSON.writeValueAsBytes(text.isEmpty() ? refusal() : completion(text));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(text.isEmpty() ? 401 : 200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode refusal() {
        var refusal = JSON.createObjectNode();
        refusal.putObject("error").put("message", "no such key").put("type", "invalid_request_error");
        return refusal;
    }

    private static JsonNode completion(String text) {
        var completion = JSON.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("created", 1_760_000_000)
                .put("model", "gpt-4o-mini");
        var choice = completion.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        return completion;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
