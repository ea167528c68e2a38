package io.perpetua.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A client of the server on a port of this machine. Safe for concurrent use. */
final class Http implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String DATA = "data: ";
    private static final String DONE = DATA + "[DONE]";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String base;

    Http(int port) {
        base = "http://127.0.0.1:" + port;
    }

    /** What came back. */
    record Reply(int status, JsonNode json) {

        /** The body of an answer that is none but good. */
        JsonNode ok() {
            if (status != 200) {
                throw new AssertionError(status + ": " + json);
            }
            return json;
        }
    }

    Reply get(String path) throws IOException {
        return reply(HttpRequest.newBuilder(URI.create(base + path)).build());
    }

    Reply get(String path, String accept) throws IOException {
        return reply(HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", accept)
                .build());
    }

    /** A body that is no JSON. */
    String text(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString())
                .body();
    }

    Reply post(String path, JsonNode body) throws IOException {
        return reply(posting(path, body));
    }

    /** The status of a deletion. */
    int delete(String path) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(base + path)).DELETE().build();
        return send(request, BodyHandlers.discarding()).statusCode();
    }

    /** The lines of a streamed answer, as they come. */
    Stream<String> lines(String path, JsonNode body) throws IOException {
        return send(posting(path, body), BodyHandlers.ofLines()).body();
    }

    /**
     * The chunks of a streamed answer.
     *
     * @throws IOException also when the stream does not end as it should
     */
    List<JsonNode> stream(String path, JsonNode body) throws IOException {
        String all = send(posting(path, body), BodyHandlers.ofString()).body();
        var chunks = new ArrayList<JsonNode>();
        for (String line : all.lines().toList()) {
            if (line.equals(DONE)) {
                return chunks;
            }
            if (line.startsWith(DATA)) {
                chunks.add(JSON.readTree(line.substring(DATA.length())));
            }
        }
        throw new IOException("the stream broke off after " + chunks.size() + " chunks");
    }

    private static HttpRequest posting(String base, String path, JsonNode body) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest posting(String path, JsonNode body) {
        return posting(base, path, body);
    }

    private Reply reply(HttpRequest request) throws IOException {
        var response = send(request, BodyHandlers.ofString());
        return new Reply(response.statusCode(), JSON.readTree(response.body()));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
