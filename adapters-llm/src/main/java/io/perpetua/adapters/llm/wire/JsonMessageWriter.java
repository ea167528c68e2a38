package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes messages with Jackson. Safe for concurrent use. */
public final class JsonMessageWriter implements MessageWriter {

    private static final String BLANK_LINE = "\n\n";

    @Override
    public Message compose(Role role, String text) {
        return OpenAiMessages.read(Json.object().put("role", role.wire()).put("content", text));
    }

    @Override
    public Message extend(Message message, String before, String after) {
        if (before.isEmpty() && after.isEmpty()) {
            return message;
        }
        var json = Json.parseObject(message.wire());
        if (json == null) {
            throw new IllegalArgumentException("not a message's JSON: " + message.wire());
        }
        extendContent(json, before, after);
        return OpenAiMessages.read(json);
    }

    private static void extendContent(ObjectNode message, String before, String after) {
        if (message.get("content") instanceof ArrayNode parts) {
            extendParts(parts, before, after);
        } else {
            message.put("content", joined(before, Json.text(message.get("content")), after));
        }
    }

    private static void extendParts(ArrayNode parts, String before, String after) {
        if (!before.isEmpty()) {
            parts.insert(0, textPart(before));
        }
        if (!after.isEmpty()) {
            parts.add(textPart(after));
        }
    }

    private static JsonNode textPart(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private static String joined(String before, @Nullable String text, String after) {
        return Stream.of(before, text == null ? "" : text, after)
                .filter(piece -> !piece.isEmpty())
                .collect(Collectors.joining(BLANK_LINE));
    }
}
