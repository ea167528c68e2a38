package io.perpetua.adapters.llm.http;

import io.perpetua.application.routing.ProviderFailure.Kind;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What kind of failure an error is, by its status and, where providers disagree about statuses, by its words. */
final class ErrorKinds {

    /** Only as codes: Gemini speaks of billing in the message of every rate limit. */
    private static final Set<String> NO_CREDIT = Set.of(
            "insufficient_quota",
            "insufficient_balance",
            "billing_hard_limit_reached",
            "billing_not_active",
            "exceeded_current_quota_error",
            "billing_error");

    private static final Set<String> BAD_KEY =
            Set.of("invalid_api_key", "authentication_error", "permission_error", "invalid_authentication_error");

    private static final Set<String> BAD_KEY_WORDS =
            Set.of("api key not valid", "api key expired", "credit balance is too low");

    private static final Set<String> TOO_LONG_WORDS = Set.of(
            "context_length_exceeded",
            "maximum context length",
            "context window",
            "context length",
            "context limit",
            "context size",
            "prompt is too long",
            "input is too long",
            "too many tokens",
            "reduce the length of the messages",
            "exceeds the maximum number of tokens");

    /** What an account may not use is, to it, not there: the key is good for other models. */
    private static final Set<String> NO_SUCH_MODEL =
            Set.of("model_not_found", "model_not_available", "model_not_allowed");

    /** A 403 that is about what the messages say. */
    private static final Set<String> FLAGGED_WORDS =
            Set.of("flagged", "moderation", "content policy", "content_policy", "usage policy");

    private ErrorKinds() {}

    /**
     * The kind of an error.
     *
     * @param status the HTTP status, 0 for an error inside a stream that names none
     * @param code its code, empty if it has none
     * @param type its type, empty if it has none
     * @param message what it says
     */
    static Kind of(int status, String code, String type, String message) {
        String words = (code + " " + message).toLowerCase(Locale.ROOT);
        if (status < 500 && (isAny(NO_CREDIT, code, type) || contains(words, BAD_KEY_WORDS))) {
            return Kind.REFUSED_KEY;
        }
        if (status >= 400 && status < 500 && isAny(NO_SUCH_MODEL, code, type)) {
            return Kind.UNKNOWN_MODEL;
        }
        if (status == 403 && contains(words, FLAGGED_WORDS)) {
            return Kind.BAD_REQUEST;
        }
        // Too large a body, or more tokens than a minute's share (Groq): another model may take it, waiting does not
        // help.
        if (status == 413 || type.equals("request_too_large")) {
            return Kind.CONTEXT_TOO_LONG;
        }
        if (isAboutTheRequest(status) && contains(words, TOO_LONG_WORDS)) {
            return Kind.CONTEXT_TOO_LONG;
        }
        return status == 0 ? ofName(code, type) : ofStatus(status);
    }

    private static boolean isAboutTheRequest(int status) {
        return status == 0 || status == 400 || status == 422;
    }

    private static Kind ofStatus(int status) {
        return switch (status) {
            case 401, 402, 403 -> Kind.REFUSED_KEY;
            case 404 -> Kind.UNKNOWN_MODEL;
            case 408 -> Kind.UNAVAILABLE;
            case 429 -> Kind.RATE_LIMITED;
            default -> {
                if (status >= 500) {
                    yield Kind.UNAVAILABLE;
                }
                yield status >= 400 ? Kind.BAD_REQUEST : Kind.MALFORMED;
            }
        };
    }

    private static Kind ofName(String code, String type) {
        if (isAny(BAD_KEY, code, type)) {
            return Kind.REFUSED_KEY;
        }
        if (code.startsWith("rate_limit") || type.startsWith("rate_limit")) {
            return Kind.RATE_LIMITED;
        }
        return type.equals("invalid_request_error") ? Kind.BAD_REQUEST : Kind.UNAVAILABLE;
    }

    private static boolean isAny(Set<String> known, String... names) {
        return Stream.of(names).anyMatch(known::contains);
    }

    private static boolean contains(String words, Set<String> phrases) {
        return phrases.stream().anyMatch(words::contains);
    }
}
