package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.UnsupportedRequest;
import io.perpetua.adapters.llm.wire.Attachment;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.ToolCall;
import java.util.regex.Pattern;

/** Content as blocks. Blank texts are left out, since the API refuses them. */
final class Blocks {

    /** What a call's id may not hold; other providers' ids do, such as Moonshot's {@code functions.name:0}. */
    private static final Pattern NOT_IN_AN_ID = Pattern.compile("[^a-zA-Z0-9_-]");

    private Blocks() {}

    static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    /** What a message says and shows, in order. */
    static ArrayNode of(Message message, JsonNode json) {
        var blocks = Json.array();
        var content = json.path("content");
        if (!content.isArray()) {
            addText(blocks, message.text());
            return blocks;
        }
        for (var part : content) {
            var block = switch (part.path("type").asText()) {
                case "text" -> text(part.path("text").asText());
                case "refusal" -> text(part.path("refusal").asText());
                default -> attachment(part);
            };
            if (Json.says(part.get("cache_control"))) {
                block.set("cache_control", part.get("cache_control"));
            }
            if (!block.has("text") || !block.path("text").asText().isBlank()) {
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static void addText(ArrayNode blocks, String text) {
        if (!text.isBlank()) {
            blocks.add(text(text));
        }
    }

    private static ObjectNode attachment(JsonNode part) {
        var attachment = Attachment.of(part);
        if (attachment == null) {
            throw new UnsupportedRequest(
                    "it takes images and PDF files, by URL or as base64, not this " + part.path("type"));
        }
        String mediaType = attachment.mediaType();
        if (attachment.url() != null) {
            return block("image", Json.object().put("type", "url").put("url", attachment.url()));
        }
        var source =
                Json.object().put("type", "base64").put("media_type", mediaType).put("data", attachment.data());
        if (mediaType != null && mediaType.startsWith("image/")) {
            return block("image", source);
        }
        if ("application/pdf".equals(mediaType)) {
            var document = block("document", source);
            return attachment.name() == null ? document : document.put("title", attachment.name());
        }
        throw new UnsupportedRequest("it takes images and PDF files, not " + mediaType);
    }

    private static ObjectNode block(String type, ObjectNode source) {
        return Json.object().put("type", type).set("source", source);
    }

    static ObjectNode toolUse(ToolCall call) {
        var input = Json.parse(call.arguments());
        var block =
                Json.object().put("type", "tool_use").put("id", id(call.id())).put("name", call.name());
        if (input != null && input.isObject()) {
            return block.set("input", input);
        }
        // The input has to be an object; what a model wrote instead is kept in one.
        var kept = Json.object();
        if (!call.arguments().isBlank()) {
            kept.put("arguments", call.arguments());
        }
        return block.set("input", kept);
    }

    static ObjectNode toolResult(Message message, JsonNode json) {
        String id = message.toolCallId() == null ? "" : message.toolCallId();
        var block = Json.object().put("type", "tool_result").put("tool_use_id", id(id));
        return message.media().isEmpty()
                ? block.put("content", message.text())
                : block.set("content", of(message, json));
    }

    private static String id(String id) {
        return NOT_IN_AN_ID.matcher(id).replaceAll("_");
    }
}
