package io.perpetua.adapters.http;

import io.micronaut.http.HttpStatus;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.LimitReached;
import io.perpetua.application.admission.Overloaded;
import io.perpetua.application.chat.ChatFailed;
import io.perpetua.application.commands.CommandsUnavailable;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.vision.VisionUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, told to the client: its own mistakes in full, ours by a reference to the log. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** When to come back if nobody said. */
    static final Duration SOON = Duration.ofSeconds(5);

    /** OpenAI answers 400, not 413, to messages that exceed a model's window, and its clients look for that. */
    static final String CONTEXT_TOO_LONG = "context_length_exceeded";

    private Problems() {}

    static Problem of(Throwable failure) {
        return switch (failure) {
            case RequestRefused refused -> refused(refused);
            case ChatFailed failed -> ProviderProblems.of(failed);
            case Overloaded overloaded -> overloaded(overloaded);
            case LimitReached reached -> reached(reached);
            case StoreUnavailable unavailable -> unavailable(unavailable);
            case VisionUnavailable unavailable -> vision(unavailable);
            case EmbedderUnavailable unavailable -> {
                LOG.warn("The embedder did not answer", unavailable);
                yield unavailable("embedder_unavailable", "the embedder is not available now");
            }
            case IndexUnavailable unavailable -> {
                LOG.warn("The index did not answer", unavailable);
                yield unavailable("index_unavailable", "the index is not available now");
            }
            case CommandsUnavailable unavailable -> {
                LOG.warn("A command could not be run", unavailable);
                yield unavailable(
                        unavailable.code(), Objects.requireNonNullElse(unavailable.getMessage(), unavailable.code()));
            }
            case CancellationException cancelled -> {
                LOG.debug("A request was given up", cancelled);
                yield unavailable("cancelled", "the request was given up before it was answered");
            }
            case IOException broken -> {
                // Our own input and output has exceptions of its own.
                LOG.debug("A client's connection broke", broken);
                yield Problem.of(
                        HttpStatus.BAD_REQUEST,
                        ErrorType.INVALID_REQUEST,
                        "incomplete_request",
                        "the connection broke before the whole request had come");
            }
            default -> bug(failure);
        };
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
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED.getCode();
            case FORBIDDEN -> HttpStatus.FORBIDDEN.getCode();
            case NOT_FOUND -> HttpStatus.NOT_FOUND.getCode();
            case CONFLICT -> HttpStatus.CONFLICT.getCode();
            case TOO_LARGE ->
                refused.code().equals(CONTEXT_TOO_LONG)
                        ? HttpStatus.BAD_REQUEST.getCode()
                        : HttpStatus.REQUEST_ENTITY_TOO_LARGE.getCode();
            case UNPROCESSABLE -> HttpStatus.UNPROCESSABLE_ENTITY.getCode();
        };
        var type = switch (refused.reason()) {
            case INVALID, CONFLICT, TOO_LARGE, UNPROCESSABLE -> ErrorType.INVALID_REQUEST;
            case NOT_FOUND -> ErrorType.NOT_FOUND;
            case UNAUTHENTICATED -> ErrorType.AUTHENTICATION;
            case FORBIDDEN -> ErrorType.PERMISSION;
        };
        return new Problem(
                status,
                type,
                refused.param(),
                refused.code(),
                Objects.requireNonNullElse(refused.getMessage(), refused.code()),
                null);
    }

    private static Problem overloaded(Overloaded overloaded) {
        String code = overloaded.reason().name().toLowerCase(Locale.ROOT);
        String message = Objects.requireNonNullElse(overloaded.getMessage(), code);
        var problem = overloaded.reason() == Overloaded.Reason.USER_QUEUE_FULL
                ? Problem.of(HttpStatus.TOO_MANY_REQUESTS, ErrorType.RATE_LIMIT, code, message)
                : unavailable(code, message);
        return problem.retryAfter(overloaded.retryAfter());
    }

    private static Problem vision(VisionUnavailable unavailable) {
        String code = unavailable.reason().wire();
        String message = Objects.requireNonNullElse(unavailable.getMessage(), code);
        var problem = unavailable.reason() == VisionUnavailable.Reason.TENANT_QUEUE_FULL
                ? Problem.of(HttpStatus.TOO_MANY_REQUESTS, ErrorType.RATE_LIMIT, code, message)
                : unavailable(code, message);
        return problem.retryAfter(unavailable.retryAfter());
    }

    private static Problem reached(LimitReached reached) {
        boolean budget = reached.kind() == LimitReached.Kind.BUDGET;
        return Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        budget ? ErrorType.QUOTA : ErrorType.RATE_LIMIT,
                        reached.code(),
                        Objects.requireNonNullElse(reached.getMessage(), "a limit is reached"))
                .retryAfter(reached.retryAfter());
    }

    private static Problem unavailable(StoreUnavailable unavailable) {
        LOG.warn("The store did not answer", unavailable);
        return unavailable.full()
                ? Problem.of(
                        HttpStatus.INSUFFICIENT_STORAGE,
                        ErrorType.UNAVAILABLE,
                        unavailable.code(),
                        "the store has no room left; nothing was acknowledged")
                : unavailable(unavailable.code(), "the store did not answer");
    }

    static Problem unavailable(String code, String message) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, ErrorType.UNAVAILABLE, code, message)
                .retryAfter(SOON);
    }
}
