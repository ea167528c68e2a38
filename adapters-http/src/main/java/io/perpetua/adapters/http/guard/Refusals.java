package io.perpetua.adapters.http.guard;

import io.micronaut.http.HttpStatus;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.perpetua.adapters.http.ErrorType;
import io.perpetua.adapters.http.Problem;
import io.perpetua.adapters.http.json.Json;
import java.time.Duration;

/** What is told to clients whose request does not get as far as a controller. After each the connection is closed. */
final class Refusals {

    static final Problem TOO_MANY_CONNECTIONS =
            unavailable("too_many_connections", "the server has as many connections as it takes; come back later");
    static final Problem TOO_MANY_BYTES =
            unavailable("too_many_bytes", "the server holds as many bytes of requests as it takes; come back later");
    static final Problem ENCODED = invalid(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported_content_encoding",
            "compressed bodies are not taken: expected no Content-Encoding, or identity");
    static final Problem TRANSFER_CODING =
            malformed("Transfer-Encoding: expected chunked or nothing, found another coding");
    static final Problem HOSTS = malformed("Host: expected exactly one");
    static final Problem VERSION = malformed("expected HTTP/1.1 or HTTP/1.0");

    private Refusals() {}

    static Problem late(Duration deadline) {
        return invalid(
                HttpStatus.REQUEST_TIMEOUT,
                "request_timeout",
                "the request was not complete " + deadline.toMillis() / 1000.0 + " s after its first byte");
    }

    static Problem tooLarge(long largest) {
        return invalid(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                "request_too_large",
                "the body exceeds the server's limit: expected at most " + largest + " bytes");
    }

    /** What the parser of HTTP did not understand. */
    static Problem undecodable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException tooLong ->
                invalid(HttpStatus.REQUEST_URI_TOO_LONG, "request_line_too_long", "the request line is too long");
            case TooLongHttpHeaderException tooLong ->
                invalid(
                        HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                        "headers_too_large",
                        "the headers are larger than the server takes");
            default -> malformed("the request is not well-formed HTTP");
        };
    }

    /** The whole answer. */
    static FullHttpResponse response(Problem problem) {
        byte[] body = Json.bytes(problem.json());
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(problem.status()), Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, Problem.retryAfterSeconds(retryAfter));
        }
        return response;
    }

    private static Problem malformed(String message) {
        return invalid(HttpStatus.BAD_REQUEST, "malformed_request", message);
    }

    private static Problem invalid(HttpStatus status, String code, String message) {
        return Problem.of(status, ErrorType.INVALID_REQUEST, code, message);
    }

    private static Problem unavailable(String code, String message) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, ErrorType.UNAVAILABLE, code, message)
                .retryAfter(Duration.ofSeconds(1));
    }
}
