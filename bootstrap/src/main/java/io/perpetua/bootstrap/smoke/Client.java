package io.perpetua.bootstrap.smoke;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.bootstrap.Complaint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a server, as any client would. Not safe for concurrent use. */
final class Client implements AutoCloseable {

    /** Models may take their time. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;
    private final @Nullable String key;

    /**
     * Asks the server at {@code url}, whose path stands in front of every call's.
     *
     * @throws Complaint when that is no address
     */
    Client(URI url, @Nullable String key) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (url.getHost() == null || !http) {
            throw new Complaint("--url: expected an address such as http://localhost:8081, found '" + url + "'");
        }
        this.url = url.toString().replaceAll("/+$", "");
        this.key = key;
    }

    /** What a server said. */
    record Said(int status, JsonNode json) {}

    ObjectNode object() {
        return json.createObjectNode();
    }

    /** A chat that says one thing. */
    ObjectNode chat(String model, @Nullable String conversation, String text) {
        var body = object().put("model", model);
        if (conversation != null) {
            body.put("conversation_id", conversation);
        }
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return body;
    }

    /** A whole answer. */
    Answer whole(ObjectNode chat) throws Failed {
        var response = send("POST", "/v1/chat/completions", chat);
        var completion = good(response);
        Failed.unless(
                completion.path("object").asText().equals("chat.completion"),
                "the answer is no completion: " + Answer.clip(completion.toString()));
        return answer(
                response,
                completion
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText(),
                completion);
    }

    /** A streamed answer. */
    Answer streamed(ObjectNode chat) throws Failed {
        var response = send("POST", "/v1/chat/completions", chat.put("stream", true));
        if (response.statusCode() != 200) {
            good(response);
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        Failed.unless(type.startsWith("text/event-stream"), "the stream is '" + type + "', not text/event-stream");
        var chunks = EventStream.chunks(response.body(), json);
        return answer(response, EventStream.text(chunks), chunks.getLast());
    }

    private static Answer answer(HttpResponse<String> response, String text, JsonNode from) {
        String cache = response.headers().firstValue("X-Cache").orElse("");
        return new Answer(text, from.path("perpetual_metadata"), cache);
    }

    JsonNode post(String path, JsonNode body) throws Failed {
        return good(send("POST", path, body));
    }

    JsonNode get(String path) throws Failed {
        return good(send("GET", path, null));
    }

    /** Whatever comes back. */
    Said tell(String method, String path, @Nullable JsonNode body) throws Failed {
        var response = send(method, path, body);
        return new Said(response.statusCode(), read(response));
    }

    private JsonNode good(HttpResponse<String> response) throws Failed {
        var read = read(response);
        Failed.unless(
                Set.of(200, 201).contains(response.statusCode()),
                response.statusCode() + ": "
                        + read.path("error").path("message").asText("no reason given"));
        return read;
    }

    private JsonNode read(HttpResponse<String> response) throws Failed {
        try {
            return json.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new Failed(response.statusCode() + ", and no JSON: " + Answer.clip(response.body()));
        }
    }

    private HttpResponse<String> send(String method, String path, @Nullable JsonNode body) throws Failed {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .header("Content-Type", "application/json");
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new Complaint("Nobody listens at " + url + ".");
        } catch (IOException e) {
            throw new Failed("the connection broke: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
