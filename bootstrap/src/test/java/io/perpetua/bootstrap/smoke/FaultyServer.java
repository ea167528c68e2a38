package io.perpetua.bootstrap.smoke;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server as good as another, but for one fault. */
final class FaultyServer implements AutoCloseable {

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI good;
    private final Fault fault;

    FaultyServer(URI good, Fault fault) throws IOException {
        this.good = good;
        this.fault = fault;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /**
     * A request or a reply.
     *
     * @param status 0 of a request
     * @param cache the header of that name
     */
    record Traffic(String method, String path, int status, String cache, String body) {

        Traffic with(String other) {
            return new Traffic(method, path, status, cache, other);
        }

        Traffic withStatus(int other) {
            return new Traffic(method, path, other, cache, body);
        }

        Traffic withCache(String other) {
            return new Traffic(method, path, status, other, body);
        }

        boolean is(String aMethod, String aPath) {
            return method.equals(aMethod) && path.equals(aPath);
        }
    }

    /** What is wrong with the server. */
    interface Fault {

        default Traffic request(Traffic request) {
            return request;
        }

        default Traffic reply(Traffic reply) {
            return reply;
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = fault.request(new Traffic(exchange.getRequestMethod(), path, 0, "", asked));
            var response = client.send(
                    HttpRequest.newBuilder(good.resolve(path))
                            .header("Content-Type", "application/json")
                            .method(request.method(), BodyPublishers.ofString(request.body()))
                            .build(),
                    BodyHandlers.ofString());
            String cache = response.headers().firstValue("X-Cache").orElse("");
            var reply = fault.reply(new Traffic(request.method(), path, response.statusCode(), cache, response.body()));
            exchange.getResponseHeaders()
                    .put(
                            "Content-Type",
                            List.of(response.headers()
                                    .firstValue("Content-Type")
                                    .orElse("")));
            exchange.getResponseHeaders().put("X-Cache", List.of(reply.cache()));
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
