package io.perpetua.adapters.llm.wire;

import static io.perpetua.adapters.llm.wire.Fields.expected;
import static io.perpetua.adapters.llm.wire.Fields.requireText;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.domain.conversation.Message.Media;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message's {@code content} holds.
 *
 * @param text every text part, joined by line feeds
 * @param media every other part, in order
 */
record Content(String text, List<Media> media) {

    private static final String EXPECTATION = "a string or an array of content parts";

    /**
     * The content that {@code node} spells.
     *
     * @param optional whether there need not be any
     */
    static Content read(@Nullable JsonNode node, boolean optional) {
        if (!Json.says(node) && optional) {
            return new Content("", List.of());
        }
        if (node != null && node.isTextual()) {
            return new Content(node.textValue(), List.of());
        }
        if (node == null || !node.isArray() || node.isEmpty()) {
            throw expected("content", EXPECTATION, node);
        }
        return parts(node);
    }

    private static Content parts(JsonNode parts) {
        var texts = new ArrayList<String>();
        var media = new ArrayList<Media>();
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            String path = "content[" + i + "]";
            if (!part.isObject()) {
                throw expected(path, "a content part, an object with a type", part);
            }
            String type = requireText(part, "type", path + ".type");
            switch (type) {
                case "text", "refusal" -> texts.add(said(part, type, path + "." + type));
                default -> media.add(MediaParts.read(type, part, path));
            }
        }
        return new Content(String.join("\n", texts), List.copyOf(media));
    }

    private static String said(JsonNode part, String field, String path) {
        String text = Json.text(part.get(field));
        if (text == null) {
            throw expected(path, "a string", part.get(field));
        }
        return text;
    }

    /** The text, or {@code otherwise} where there is none. */
    String textOr(@Nullable String otherwise) {
        return text.isEmpty() && otherwise != null ? otherwise : text;
    }
}
