package io.perpetua.adapters.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.perpetua.adapters.http.json.Json;
import jakarta.inject.Singleton;

/**
 * Brings the framework's own errors into the one shape. Its messages are left behind, because they may be those of any
 * exception.
 */
@Singleton
@Primary
final class FrameworkErrors implements ErrorResponseProcessor<byte[]> {

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        var problem = problem(context, response);
        return Replies.json(response, Json.bytes(problem.json()));
    }

    private static Problem problem(ErrorContext context, MutableHttpResponse<?> response) {
        var request = context.getRequest();
        return switch (response.code()) {
            case 400 -> invalid(HttpStatus.BAD_REQUEST, "invalid_request", refused(request));
            case 404 ->
                Problem.of(
                        HttpStatus.NOT_FOUND,
                        ErrorType.NOT_FOUND,
                        "unknown_url",
                        "there is no " + call(request) + "; GET /openapi lists what there is");
            case 405 ->
                invalid(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "method_not_allowed",
                        call(request) + " is not possible; allowed: "
                                + String.join(", ", response.getHeaders().getAll(HttpHeaders.ALLOW)));
            case 413 ->
                invalid(
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                        "request_too_large",
                        "the body exceeds the server's limit");
            case 415 ->
                invalid(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported_media_type",
                        "the body must be JSON, with Content-Type: application/json");
            default -> other(context, response);
        };
    }

    private static String refused(HttpRequest<?> request) {
        return request.getMethod().requiresRequestBody() && request.getContentLength() <= 0
                ? "the request has no body; expected a JSON object"
                : "the request is malformed";
    }

    private static Problem other(ErrorContext context, MutableHttpResponse<?> response) {
        return response.code() >= 500
                ? Problems.bug(context.getRootCause().orElse(null))
                : invalid(response.status(), "invalid_request", "the request was refused: " + response.reason());
    }

    private static Problem invalid(HttpStatus status, String code, String message) {
        return Problem.of(status, ErrorType.INVALID_REQUEST, code, message);
    }

    private static String call(HttpRequest<?> request) {
        return request.getMethodName() + " " + request.getPath();
    }
}
