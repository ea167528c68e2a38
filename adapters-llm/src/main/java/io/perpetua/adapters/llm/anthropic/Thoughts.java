package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;

/**
 * What a model thought before it called a tool. It wants that back, signed and unchanged, with the tool's result, so it
 * rides along in the call's {@code extra_content}, as Gemini's signatures do in theirs: {@code {"anthropic": {"model",
 * "thinking": [blocks]}}}. It means something to the same model only, and only until the user speaks again.
 */
final class Thoughts {

    private static final String EXTRA = "extra_content";
    private static final String OURS = "anthropic";

    private Thoughts() {}

    static boolean isThought(JsonNode block) {
        String type = block.path("type").asText();
        return type.equals("thinking") || type.equals("redacted_thinking");
    }

    /** Gives {@code call} what {@code model} thought before it, and forgets it. */
    static void attach(ObjectNode call, String model, ArrayNode thoughts) {
        if (!thoughts.isEmpty()) {
            call.putObject(EXTRA).putObject(OURS).put("model", model).set("thinking", thoughts.deepCopy());
            thoughts.removeAll();
        }
    }

    /** What {@code model} thought before {@code call}, empty when it was another model or nothing is known. */
    static JsonNode before(JsonNode call, String model) {
        var ours = call.path(EXTRA).path(OURS);
        var thoughts = ours.path("thinking");
        return thoughts.isArray() && model.equals(Json.text(ours.get("model"))) ? thoughts : Json.array();
    }
}
