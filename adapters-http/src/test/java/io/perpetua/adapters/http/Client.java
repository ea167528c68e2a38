package io.perpetua.adapters.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.http.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An HTTP client whose calls are one line each. */
final class Client {

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    Client(int port) {
        this.port = port;
    }

    /** What came back. */
    record Reply(int status, HttpHeaders headers, String body) {

        JsonNode json() {
            return Json.tree(body);
        }

        String header(String name) {
            return headers.firstValue(name).orElse("(none)");
        }

        /** The field, by JSON pointer, as it is written. */
        String at(String pointer) {
            return json().at(pointer).toString();
        }
    }

    Reply get(String path, String... headers) {
        return call("GET", path, null, headers);
    }

    Reply delete(String path) {
        return call("DELETE", path, null);
    }

    /** Posts JSON. */
    Reply post(String path, String body, String... headers) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return call("POST", path, body.getBytes(StandardCharsets.UTF_8), all);
    }

    Reply call(String method, String path, byte @Nullable [] body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }
}
