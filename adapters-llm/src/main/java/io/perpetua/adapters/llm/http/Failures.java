package io.perpetua.adapters.llm.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Puts what goes wrong with one provider into words, none of which is a key. */
final class Failures {

    /** Most characters of a provider's own words in a message. */
    private static final int QUOTED = 300;

    private final ProviderSettings settings;
    private final Dialect dialect;
    private final InstantSource clock;

    Failures(ProviderSettings settings, Dialect dialect, InstantSource clock) {
        this.settings = settings;
        this.dialect = dialect;
        this.clock = clock;
    }

    /** The provider answered with an error status. */
    ProviderFailure refused(int status, HttpHeaders headers, String body) {
        var json = Json.parse(body);
        var error = json == null ? ErrorBody.SILENT : dialect.error(json);
        var kind = ErrorKinds.of(status, error.code(), error.type(), error.message());
        var retryAfter = RetryAfter.of(headers, clock.instant());
        return failure(
                kind,
                "answered " + status + quoted(error),
                status,
                retryAfter == null ? error.retryAfter() : retryAfter,
                error);
    }

    /**
     * What {@code last}, the failure with the last key, comes to for the provider: as long as one key is only limited, all
     * of it is no more than that.
     *
     * @param limited when the first key comes back that is not refused, null when there is none
     */
    ProviderFailure ofAllKeys(ProviderFailure last, @Nullable Duration limited) {
        boolean keysDoing = last.kind() == Kind.REFUSED_KEY || last.kind() == Kind.RATE_LIMITED;
        return !keysDoing || limited == null
                ? last
                : new ProviderFailure(
                        Kind.RATE_LIMITED,
                        settings.name(),
                        settings.name() + " limits or refuses every key",
                        429,
                        limited,
                        null,
                        last);
    }

    /** The provider put an error where the answer, or more of it, belongs. */
    ProviderFailure reported(JsonNode json) {
        var error = dialect.error(json);
        var kind = ErrorKinds.of(error.status(), error.code(), error.type(), error.message());
        return failure(kind, "reported an error" + quoted(error), error.status(), error.retryAfter(), error);
    }

    /** The provider's protocol cannot say what the request asks for. */
    ProviderFailure unsupported(UnsupportedRequest e) {
        return plain(Kind.UNSUPPORTED, "cannot be asked for this: " + e.getMessage(), e);
    }

    ProviderFailure timeout(Limits.Limit limit) {
        return plain(
                Kind.TIMEOUT,
                "sent no " + limit.name() + " within " + limit.length().toMillis() + " ms",
                null);
    }

    ProviderFailure connectTimeout(Throwable cause) {
        return plain(
                Kind.TIMEOUT,
                "took no connection within " + settings.timeouts().connect().toMillis() + " ms",
                cause);
    }

    ProviderFailure unreachable(Throwable cause) {
        return plain(Kind.UNAVAILABLE, "did not answer: " + cause, cause);
    }

    ProviderFailure malformed(String what, @Nullable Throwable cause) {
        return plain(Kind.MALFORMED, "sent " + what, cause);
    }

    ProviderFailure truncated(@Nullable Throwable cause) {
        return plain(Kind.TRUNCATED, "ended the stream before the answer", cause);
    }

    private ProviderFailure plain(Kind kind, String what, @Nullable Throwable cause) {
        return new ProviderFailure(
                kind, settings.name(), settings.withoutKeys(settings.name() + " " + what), 0, null, null, cause);
    }

    private ProviderFailure failure(
            Kind kind, String what, int status, @Nullable Duration retryAfter, ErrorBody error) {
        String body = error.json() == null ? null : settings.withoutKeys(error.json());
        String message = settings.withoutKeys(settings.name() + " " + what);
        return new ProviderFailure(kind, settings.name(), message, status, retryAfter, body, null);
    }

    private static String quoted(ErrorBody error) {
        String message = error.message();
        if (message.isEmpty()) {
            return "";
        }
        return ": " + (message.length() <= QUOTED ? message : message.substring(0, QUOTED) + "…");
    }
}
