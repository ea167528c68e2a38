package io.perpetua.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A provider on this machine that answers as it was told beforehand, and remembers what it was asked. */
final class ScriptedOpenAi implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    ScriptedOpenAi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::serve);
        server.start();
    }

    /** How one request is answered. */
    @FunctionalInterface
    interface Script {

        void play(HttpExchange exchange) throws IOException;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The next request is answered like this. */
    void next(Script script) {
        scripts.add(script);
    }

    /** The next request is answered with a completion of this message. */
    void nextMessage(String message, String finishReason) {
        next(exchange -> reply(exchange, 200, """
                {"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"gpt-4o-mini",
                 "choices":[{"index":0,"message":%s,"logprobs":null,"finish_reason":"%s"}],
                 "usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}
                """.formatted(message, finishReason)));
    }

    void nextAnswer(String text) {
        nextMessage("{\"role\":\"assistant\",\"content\":\"" + text + "\",\"refusal\":null}", "stop");
    }

    /** The requests so far. */
    List<JsonNode> asked() {
        return asked;
    }

    static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Begins a streamed answer. */
    static void begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        chunk(exchange, "{\"role\":\"assistant\",\"content\":\"\"}", null);
    }

    static void say(HttpExchange exchange, String text) throws IOException {
        chunk(exchange, "{\"content\":\"" + text + "\"}", null);
    }

    /** Ends a streamed answer. */
    static void end(HttpExchange exchange) throws IOException {
        chunk(exchange, "{}", "\"stop\"");
        event(exchange, """
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini",\
                "choices":[],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}""");
        event(exchange, "[DONE]");
    }

    private static void chunk(HttpExchange exchange, String delta, @Nullable String finish) throws IOException {
        event(exchange, """
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini",\
                "choices":[{"index":0,"delta":%s,"finish_reason":%s}]}""".formatted(delta, finish));
    }

    private static void event(HttpExchange exchange, String data) throws IOException {
        exchange.getResponseBody().write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            asked.add(Http.JSON.readTree(exchange.getRequestBody()));
            Script script = scripts.poll();
            if (script == null) {
                reply(exchange, 500, "{\"error\":{\"message\":\"nothing was to be asked\"}}");
            } else {
                script.play(exchange);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
