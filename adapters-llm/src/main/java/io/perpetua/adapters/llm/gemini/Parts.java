package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.UnsupportedRequest;
import io.perpetua.adapters.llm.wire.Attachment;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.ToolCall;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Content as parts. Empty texts are left out. */
final class Parts {

    /** Types of what lies behind a URL, by how it ends; others are left to the provider. */
    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "webp", "image/webp",
            "gif", "image/gif",
            "heic", "image/heic");

    private Parts() {}

    /** What a message says and shows, in order. */
    static ArrayNode of(Message message, JsonNode json) {
        var parts = Json.array();
        var content = json.path("content");
        if (!content.isArray()) {
            addText(parts, message.text());
            return parts;
        }
        for (var part : content) {
            switch (part.path("type").asText()) {
                case "text" -> addText(parts, part.path("text").asText());
                case "refusal" -> addText(parts, part.path("refusal").asText());
                default -> parts.add(attachment(part));
            }
        }
        return parts;
    }

    private static void addText(ArrayNode parts, String text) {
        if (!text.isEmpty()) {
            parts.addObject().put("text", text);
        }
    }

    private static ObjectNode attachment(JsonNode part) {
        var attachment = Attachment.of(part);
        if (attachment == null) {
            throw new UnsupportedRequest(
                    "it takes images by URL, and images, sound and files as base64, not this " + part.path("type"));
        }
        var json = Json.object();
        if (attachment.url() == null) {
            json.putObject("inlineData").put("mimeType", attachment.mediaType()).put("data", attachment.data());
        } else {
            var file = json.putObject("fileData").put("fileUri", attachment.url());
            String type = type(attachment.url());
            if (type != null) {
                file.put("mimeType", type);
            }
        }
        return json;
    }

    private static @Nullable String type(String url) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        return TYPES.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    static ObjectNode functionCall(ToolCall call) {
        var args = Json.parse(call.arguments());
        var part = Json.object();
        var function = part.putObject("functionCall").put("id", call.id()).put("name", call.name());
        if (args != null && args.isObject()) {
            function.set("args", args);
        } else if (!call.arguments().isBlank()) {
            function.putObject("args").put("arguments", call.arguments()); // the arguments have to be an object
        }
        return part;
    }

    /** What a function has reported; anything but an object is put into one. */
    static ObjectNode functionResponse(String id, String name, String text) {
        var report = Json.parse(text);
        var part = Json.object();
        var function = part.putObject("functionResponse").put("id", id).put("name", name);
        if (report != null && report.isObject()) {
            function.set("response", report);
        } else if (report != null) {
            function.putObject("response").set("result", report);
        } else {
            function.putObject("response").put("result", text);
        }
        return part;
    }
}
