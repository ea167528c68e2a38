package io.perpetua.adapters.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.perpetua.adapters.http.json.Json;

/** Responses in JSON. */
public final class Replies {

    private Replies() {}

    public static MutableHttpResponse<byte[]> ok(JsonNode body) {
        return json(HttpResponse.ok(), Json.bytes(body));
    }

    /** {@code response} with a JSON body. */
    public static MutableHttpResponse<byte[]> json(MutableHttpResponse<?> response, byte[] body) {
        return response.body(body).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
