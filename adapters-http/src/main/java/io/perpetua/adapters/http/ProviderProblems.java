package io.perpetua.adapters.http;

import io.micronaut.http.HttpStatus;
import io.perpetua.application.chat.ChatFailed;
import io.perpetua.application.chat.TurnReport;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a provider's failure is to the client: its own mistake relayed, the provider's fault told as such. */
final class ProviderProblems {

    private ProviderProblems() {}

    static Problem of(ChatFailed failed) {
        var failure = failed.failure();
        return models(failed.report()) > 1 && !isTold(failed) ? nobody(failed) : of(failure);
    }

    /** Whether the client is told the failure itself: its own mistake, unless that is a ladder's model that is not there. */
    private static boolean isTold(ChatFailed failed) {
        var kind = failed.failure().kind();
        return kind.isClients() && (kind != Kind.UNKNOWN_MODEL || models(failed.report()) == 1);
    }

    private static long models(TurnReport report) {
        return report.attempts().stream()
                .map(attempt -> attempt.provider() + "/" + attempt.model())
                .distinct()
                .count();
    }

    /** Several were to be asked, and none answered. */
    private static Problem nobody(ChatFailed failed) {
        String message = "no provider answered: " + tried(failed.report());
        var retryAfter = failed.failure().retryAfter();
        var problem = failed.report().attempts().stream().allMatch(ProviderProblems::isLimited)
                ? Problem.of(HttpStatus.TOO_MANY_REQUESTS, ErrorType.RATE_LIMIT, Kind.RATE_LIMITED.wire(), message)
                : Problems.unavailable("no_provider_available", message);
        return problem.retryAfter(retryAfter == null ? Problems.SOON : retryAfter);
    }

    private static boolean isLimited(Attempt attempt) {
        return Set.of(Kind.RATE_LIMITED.wire(), State.COOLING_DOWN.wire()).contains(attempt.outcome());
    }

    private static String tried(TurnReport report) {
        return report.attempts().stream()
                .map(attempt -> attempt.provider() + "/" + attempt.model() + " " + attempt.outcome())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The provider's own error body where the client is to see it, null where this server's stands. */
    static @Nullable String relayed(Throwable failure) {
        return failure instanceof ChatFailed failed && isTold(failed)
                ? failed.failure().body()
                : null;
    }

    private static Problem of(ProviderFailure failure) {
        String code = failure.kind().wire();
        String message = Objects.requireNonNullElse(failure.getMessage(), code);
        return switch (failure.kind()) {
            case BAD_REQUEST, UNSUPPORTED, UNKNOWN_MODEL -> clients(failure, code, message);
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
            case UNAVAILABLE -> unavailable(failure, code, message);
            case MALFORMED, TRUNCATED -> Problem.of(HttpStatus.BAD_GATEWAY, ErrorType.PROVIDER, code, message);
        };
    }

    /** A provider that asks for a rest is to be asked again after it, and a model that was not asked when its rest is over. */
    private static Problem unavailable(ProviderFailure failure, String code, String message) {
        var rest = failure.retryAfter();
        return rest != null
                ? Problems.unavailable(code, message).retryAfter(rest)
                : Problem.of(HttpStatus.BAD_GATEWAY, ErrorType.PROVIDER, code, message);
    }

    private static Problem clients(ProviderFailure failure, String code, String message) {
        int status = failure.status();
        int clients = status >= 400 && status < 500 ? status : HttpStatus.BAD_REQUEST.getCode();
        return new Problem(clients, ErrorType.INVALID_REQUEST, null, code, message, null);
    }
}
