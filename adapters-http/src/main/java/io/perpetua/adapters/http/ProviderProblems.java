package io.perpetua.adapters.http;

import io.micronaut.http.HttpStatus;
import io.perpetua.application.chat.ChatFailed;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a provider's failure is to the client: its own mistake relayed, the provider's fault told as such. */
final class ProviderProblems {

    private ProviderProblems() {}

    static Problem of(ChatFailed failed) {
        if (!failed.attempts().isEmpty()) {
            return of(failed.failure());
        }
        var retryAfter = failed.failure().retryAfter();
        return Problems.unavailable("no_provider_available", "no provider can be asked now: " + failed.getMessage())
                .retryAfter(retryAfter == null ? Problems.SOON : retryAfter);
    }

    /** The provider's own error body where the client is to see it, null where this server's stands. */
    static @Nullable String relayed(Throwable failure) {
        return failure instanceof ChatFailed failed
                        && isClients(failed.failure().kind())
                ? failed.failure().body()
                : null;
    }

    private static Problem of(ProviderFailure failure) {
        String code = failure.kind().name().toLowerCase(Locale.ROOT);
        String message = Objects.requireNonNullElse(failure.getMessage(), code);
        return switch (failure.kind()) {
            case BAD_REQUEST -> clients(failure, code, message);
            case CONTEXT_TOO_LONG -> clients(failure, Problems.CONTEXT_TOO_LONG, message);
            case RATE_LIMITED ->
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, ErrorType.RATE_LIMIT, code, message)
                        .retryAfter(failure.retryAfter() == null ? Problems.SOON : failure.retryAfter());
            case TIMEOUT -> Problem.of(HttpStatus.GATEWAY_TIMEOUT, ErrorType.PROVIDER, code, message);
            case REFUSED_KEY ->
                // What the provider says may quote the key.
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

    private static boolean isClients(Kind kind) {
        return switch (kind) {
            case BAD_REQUEST, CONTEXT_TOO_LONG -> true;
            case UNAVAILABLE, TIMEOUT, RATE_LIMITED, REFUSED_KEY, MALFORMED, TRUNCATED -> false;
        };
    }

    private static Problem clients(ProviderFailure failure, String code, String message) {
        int status = failure.status();
        int clients = status >= 400 && status < 500 ? status : HttpStatus.BAD_REQUEST.getCode();
        return new Problem(clients, ErrorType.INVALID_REQUEST, null, code, message, null);
    }
}
