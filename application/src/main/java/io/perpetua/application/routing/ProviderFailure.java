package io.perpetua.application.routing;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A provider gave no answer, or stopped in the middle of one. */
public final class ProviderFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why; it decides who is to blame and what helps. */
    public enum Kind {
        /** It answered 5xx, or the connection failed. */
        UNAVAILABLE,
        /** It did not answer, or not go on, in time. */
        TIMEOUT,
        /** Too many requests for now. */
        RATE_LIMITED,
        /** The key is not accepted, or there is no credit: this stays so for long. */
        REFUSED_KEY,
        /** The request itself is at fault, in the provider's eyes. */
        BAD_REQUEST,
        /** The provider cannot be asked for what the request wants; another one may be. */
        UNSUPPORTED,
        /** It has no model of that name. */
        UNKNOWN_MODEL,
        /** The messages are longer than the model's window. */
        CONTEXT_TOO_LONG,
        /** What came was not the protocol. */
        MALFORMED,
        /** The stream ended before the answer did. */
        TRUNCATED;

        /** The word for it in answers and metrics. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is the client's mistake, to be told in the provider's own words. */
        public boolean isClients() {
            return switch (this) {
                case BAD_REQUEST, UNSUPPORTED, UNKNOWN_MODEL, CONTEXT_TOO_LONG -> true;
                case UNAVAILABLE, TIMEOUT, RATE_LIMITED, REFUSED_KEY, MALFORMED, TRUNCATED -> false;
            };
        }

        /** Whether the same request may be answered by the same model a while later. */
        public boolean mayPass() {
            return switch (this) {
                case UNAVAILABLE, TIMEOUT, RATE_LIMITED, MALFORMED, TRUNCATED -> true;
                case REFUSED_KEY, BAD_REQUEST, UNSUPPORTED, UNKNOWN_MODEL, CONTEXT_TOO_LONG -> false;
            };
        }
    }

    private final Kind kind;
    private final String provider;
    private final int status;
    private final @Nullable Duration retryAfter;
    private final @Nullable String body;

    /**
     * A failure of {@code provider}.
     *
     * @param status the HTTP status, 0 when there was none
     * @param retryAfter how long to stay away, if it said
     * @param body the error body as the provider sent it, if it is JSON in OpenAI's shape
     */
    public ProviderFailure(
            Kind kind,
            String provider,
            String message,
            int status,
            @Nullable Duration retryAfter,
            @Nullable String body,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.provider = provider;
        this.status = status;
        this.retryAfter = retryAfter;
        this.body = body;
    }

    public Kind kind() {
        return kind;
    }

    public String provider() {
        return provider;
    }

    public int status() {
        return status;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public @Nullable String body() {
        return body;
    }
}
