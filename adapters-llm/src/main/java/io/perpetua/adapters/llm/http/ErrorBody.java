package io.perpetua.adapters.llm.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.llm.wire.Json;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an error says, in whichever shape its provider has: OpenAI's, Gemini's (an array around it, a status in words), a
 * bare text (Ollama), or the error's fields without anything around them (Mistral).
 *
 * @param status the status it names, 0 when it names none
 * @param code its code, empty if it has none
 * @param type its type, empty if it has none
 * @param message what it says, empty if nothing
 * @param retryAfter how long it asks to stay away, null if it does not say
 * @param json the error in OpenAI's shape, null if it came in another
 */
public record ErrorBody(
        int status,
        String code,
        String type,
        String message,
        @Nullable Duration retryAfter,
        @Nullable String json) {

    /** An error that says nothing that could be understood. */
    static final ErrorBody SILENT = new ErrorBody(0, "", "", "", null, null);

    /** A protocol buffer's duration, as Google writes it: seconds, with at most nine digits after the point. */
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?s");

    private static final int MILLIS_PER_SECOND = 1000;

    /** What {@code root} says, whichever of the shapes it has. */
    public static ErrorBody of(JsonNode root) {
        var holder = root.isArray() && !root.isEmpty() ? root.path(0) : root;
        var error = holder.path("error");
        if (error.isTextual()) {
            return new ErrorBody(0, word(holder, "code"), "", error.textValue(), null, null);
        }
        return error.isObject() ? of(error, Json.write(holder)) : of(holder, null);
    }

    /** The same, to be told in this server's words: what its provider says is not OpenAI's shape. */
    public ErrorBody withoutJson() {
        return new ErrorBody(status, code, type, message, retryAfter, null);
    }

    private static ErrorBody of(JsonNode error, @Nullable String json) {
        int status = error.path("code").isIntegralNumber() ? error.path("code").intValue() : 0;
        String type = word(error, "type");
        return new ErrorBody(
                status,
                word(error, "code"),
                type.isEmpty() ? word(error, "status") : type,
                word(error, "message"),
                retryDelay(error.path("details")),
                json);
    }

    /** Google's {@code RetryInfo}. */
    private static @Nullable Duration retryDelay(JsonNode details) {
        for (var detail : details) {
            String delay = word(detail, "retryDelay");
            if (SECONDS.matcher(delay).matches()) {
                double seconds = Double.parseDouble(delay.substring(0, delay.length() - 1));
                return Duration.ofMillis((long) Math.ceil(seconds * MILLIS_PER_SECOND));
            }
        }
        return null;
    }

    private static String word(JsonNode parent, String field) {
        String text = Json.text(parent.get(field));
        return text == null ? "" : text;
    }
}
