package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import org.jspecify.annotations.Nullable;

/** Fields that must be there, and the words for those that are not. */
final class Fields {

    /** Most characters of a wrong value that are quoted back. */
    private static final int QUOTED = 40;

    private Fields() {}

    /** The text of a field that must be one, and not be empty. */
    static String requireText(JsonNode parent, String name, String path) {
        var node = parent.get(name);
        String text = Json.text(node);
        if (text == null || text.isEmpty()) {
            throw expected(path, "a non-empty string", node);
        }
        return text;
    }

    /** The text of a field that may be missing or null, but nothing else. */
    static @Nullable String optionalText(JsonNode parent, String name, String path) {
        var node = parent.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw expected(path, "a string", node);
        }
        return node.textValue();
    }

    static MalformedMessage expected(String path, String what, @Nullable JsonNode found) {
        return new MalformedMessage(
                path, "expected " + what + ", found " + describe(found == null ? MissingNode.getInstance() : found));
    }

    private static String describe(JsonNode found) {
        return switch (found.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> found.isEmpty() ? "an empty array" : "an array";
            case NULL -> "null";
            case STRING -> '"' + shortened(found.textValue()) + '"';
            case BOOLEAN, NUMBER -> shortened(found.asText());
            case BINARY, MISSING, POJO -> "nothing";
        };
    }

    private static String shortened(String value) {
        if (value.codePointCount(0, value.length()) <= QUOTED) {
            return value;
        }
        return value.substring(0, value.offsetByCodePoints(0, QUOTED)) + "…";
    }
}
