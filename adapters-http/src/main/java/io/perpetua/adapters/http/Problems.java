package io.perpetua.adapters.http;

import io.micronaut.http.HttpStatus;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.chat.ChatFailed;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.routing.ProviderFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, told to the client: its own mistakes in full, ours by a reference to the log. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** When to come back if nobody said. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** OpenAI answers 400, not 413, to messages that exceed a model's window, and its clients look for that. */
    private static final String CONTEXT_TOO_LONG = "context_length_exceeded";

    private Problems() {}

    static Problem of(Throwable failure) {
        return switch (failure) {
            case RequestRefused refused -> refused(refused);
            case ChatFailed failed -> failed(failed);
            case ProviderFailure failed -> failed(failed);
            case StoreUnavailable unavailable -> unavailable(unavailable);
            case EmbedderUnavailable unavailable -> {
                LOG.warn("The embedder did not answer", unavailable);
                yield unavailable("embedder_unavailable", "the embedder is not available now");
            }
            case IndexUnavailable unavailable -> {
                LOG.warn("The index did not answer", unavailable);
                yield unavailable("index_unavailable", "the index is not available now");
            }
            default -> bug(failure);
        };
    }

    /** The provider's own error body where the client is to see it, null where this server's stands. */
    static @Nullable String relayed(Throwable failure) {
        return failure instanceof ChatFailed failed && isClients(failed.failure())
                ? failed.failure().body()
                : null;
    }

    static Problem bug(@Nullable Throwable failure) {
        String reference = UUID.randomUUID().toString();
        LOG.error("Request failed, reference {}", reference, failure);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                ErrorType.SERVER,
                "internal_error",
                "the server failed to handle the request; its log tells more under " + reference);
    }

    private static Problem refused(RequestRefused refused) {
        int status = switch (refused.reason()) {
            case INVALID -> HttpStatus.BAD_REQUEST.getCode();
            case NOT_FOUND -> HttpStatus.NOT_FOUND.getCode();
            case TOO_LARGE ->
                refused.code().equals(CONTEXT_TOO_LONG)
                        ? HttpStatus.BAD_REQUEST.getCode()
                        : HttpStatus.REQUEST_ENTITY_TOO_LARGE.getCode();
        };
        var type = switch (refused.reason()) {
            case INVALID, TOO_LARGE -> ErrorType.INVALID_REQUEST;
            case NOT_FOUND -> ErrorType.NOT_FOUND;
        };
        return new Problem(
                status,
                type,
                refused.param(),
                refused.code(),
                Objects.requireNonNullElse(refused.getMessage(), refused.code()),
                null);
    }

    private static Problem failed(ChatFailed failed) {
        if (!failed.attempts().isEmpty()) {
            return failed(failed.failure());
        }
        var retryAfter = failed.failure().retryAfter();
        return unavailable("no_provider_available", "no provider can be asked now: " + failed.getMessage())
                .retryAfter(retryAfter == null ? SOON : retryAfter);
    }

    private static Problem failed(ProviderFailure failure) {
        String code = failure.kind().name().toLowerCase(Locale.ROOT);
        String message = failure.provider() + ": " + failure.getMessage();
        return switch (failure.kind()) {
            case BAD_REQUEST, CONTEXT_TOO_LONG ->
                new Problem(
                        clientStatus(failure),
                        ErrorType.INVALID_REQUEST,
                        null,
                        failure.kind() == ProviderFailure.Kind.CONTEXT_TOO_LONG ? CONTEXT_TOO_LONG : code,
                        message,
                        null);
            case RATE_LIMITED ->
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, ErrorType.RATE_LIMIT, code, message)
                        .retryAfter(failure.retryAfter() == null ? SOON : failure.retryAfter());
            case TIMEOUT -> Problem.of(HttpStatus.GATEWAY_TIMEOUT, ErrorType.PROVIDER, code, message);
            case REFUSED_KEY ->
                Problem.of(
                        HttpStatus.BAD_GATEWAY,
                        ErrorType.PROVIDER,
                        code,
                        failure.provider() + " does not accept the key that this server is configured with, or the "
                                + "account behind it has no credit");
            case UNAVAILABLE, MALFORMED, TRUNCATED ->
                Problem.of(HttpStatus.BAD_GATEWAY, ErrorType.PROVIDER, code, message);
        };
    }

    private static boolean isClients(ProviderFailure failure) {
        return switch (failure.kind()) {
            case BAD_REQUEST, CONTEXT_TOO_LONG -> true;
            case UNAVAILABLE, TIMEOUT, RATE_LIMITED, REFUSED_KEY, MALFORMED, TRUNCATED -> false;
        };
    }

    private static int clientStatus(ProviderFailure failure) {
        int status = failure.status();
        return status >= 400 && status < 500 ? status : HttpStatus.BAD_REQUEST.getCode();
    }

    private static Problem unavailable(StoreUnavailable unavailable) {
        LOG.warn("The store did not answer", unavailable);
        return unavailable.full()
                ? Problem.of(
                        HttpStatus.INSUFFICIENT_STORAGE,
                        ErrorType.UNAVAILABLE,
                        "storage_full",
                        "the store has no room left; nothing was acknowledged")
                : unavailable("store_unavailable", "the store did not answer");
    }

    private static Problem unavailable(String code, String message) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, ErrorType.UNAVAILABLE, code, message)
                .retryAfter(SOON);
    }
}
