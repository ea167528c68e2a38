package io.perpetua.adapters.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.llm.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * What an error says, in whichever shape its provider has: OpenAI's, Gemini's array around it, a bare text (Ollama), or
 * the error's fields without anything around them (Mistral).
 *
 * @param status the status it names, 0 when it names none
 * @param code its code, empty if it has none
 * @param type its type, empty if it has none
 * @param message what it says, empty if nothing
 * @param json the error in OpenAI's shape, null if it came in another
 */
record ErrorBody(
        int status,
        String code,
        String type,
        String message,
        @Nullable String json) {

    /** What {@code text} says, which may be anything at all. */
    static ErrorBody read(String text) {
        var root = Json.parse(text);
        return root == null ? new ErrorBody(0, "", "", "", null) : of(root);
    }

    static ErrorBody of(JsonNode root) {
        var holder = root.isArray() && !root.isEmpty() ? root.path(0) : root;
        var error = holder.path("error");
        if (error.isTextual()) {
            return new ErrorBody(0, word(holder, "code"), "", error.textValue(), null);
        }
        return error.isObject() ? of(error, Json.write(holder)) : of(holder, null);
    }

    private static ErrorBody of(JsonNode error, @Nullable String json) {
        int status = error.path("code").isIntegralNumber() ? error.path("code").intValue() : 0;
        return new ErrorBody(status, word(error, "code"), word(error, "type"), word(error, "message"), json);
    }

    private static String word(JsonNode parent, String field) {
        String text = Json.text(parent.get(field));
        return text == null ? "" : text;
    }
}
