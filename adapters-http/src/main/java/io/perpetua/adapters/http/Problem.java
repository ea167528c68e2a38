package io.perpetua.adapters.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.perpetua.adapters.http.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not served, in the one shape that errors have.
 *
 * @param status the HTTP status, which need not be one of the well-known
 * @param param the field at fault, null when no single one is
 * @param code a word for programs, null when the type says it all
 * @param message for people
 * @param retryAfter when asking again may help, null when it does not
 */
public record Problem(
        int status,
        ErrorType type,
        @Nullable String param,
        @Nullable String code,
        String message,
        @Nullable Duration retryAfter) {

    public static Problem of(HttpStatus status, ErrorType type, String code, String message) {
        return new Problem(status.getCode(), type, null, code, message, null);
    }

    public Problem retryAfter(Duration delay) {
        return new Problem(status, type, param, code, message, delay);
    }

    /** The body. */
    public ObjectNode json() {
        var error = Json.object();
        error.put("message", message);
        error.put("type", type.wire());
        error.put("param", param);
        error.put("code", code);
        var body = Json.object();
        body.set("error", error);
        return body;
    }

    /** A response of this status that says {@code body}. */
    MutableHttpResponse<byte[]> response(byte[] body) {
        var response = HttpResponse.<byte[]>status(status, reason());
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds(retryAfter));
        }
        if (type == ErrorType.AUTHENTICATION) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"); // RFC 9110, section 11.6.1
        }
        return Replies.json(response, body);
    }

    /** The header's value. Whole seconds, upwards: nobody is to come back too early. */
    public static String retryAfterSeconds(Duration delay) {
        return Long.toString(Math.max(1, delay.plusMillis(999).toSeconds()));
    }

    private String reason() {
        for (HttpStatus each : HttpStatus.values()) {
            if (each.getCode() == status) {
                return each.getReason();
            }
        }
        return "Error";
    }
}
