package io.perpetua.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
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

/** A provider on this machine that answers as it was told beforehand, and remembers what it was asked. */
class ScriptedUpstream implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** How one request is answered. */
    @FunctionalInterface
    interface Script {

        void play(HttpExchange exchange) throws IOException;
    }

    /**
     * What it was asked.
     *
     * @param target path and query
     * @param headers by name, whose case does not matter
     */
    record Request(String target, Headers headers, JsonNode body) {}

    /** Its address, without a path. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request is answered like this. */
    void next(Script script) {
        scripts.add(script);
    }

    /** The requests so far. */
    List<Request> requests() {
        return requests;
    }

    /** The bodies of the requests so far. */
    List<JsonNode> asked() {
        return requests.stream().map(Request::body).toList();
    }

    static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Sends a piece of the body at once. */
    static void send(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    Http.JSON.readTree(exchange.getRequestBody())));
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
