package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a candidate, or a piece of one, says.
 *
 * @param text its text
 * @param reasoning its thoughts, as far as they are shown
 * @param calls its calls as OpenAI spells them, each with an id
 */
record Said(String text, String reasoning, List<ObjectNode> calls) {

    static Said of(JsonNode candidate, Supplier<String> ids) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder();
        var calls = new ArrayList<ObjectNode>();
        for (var part : candidate.path("content").path("parts")) {
            if (part.path("functionCall").isObject()) {
                calls.add(call(part, ids));
            } else if (part.path("thought").asBoolean()) {
                reasoning.append(part.path("text").asText());
            } else {
                text.append(part.path("text").asText());
            }
        }
        return new Said(text.toString(), reasoning.toString(), calls);
    }

    private static ObjectNode call(JsonNode part, Supplier<String> ids) {
        var function = part.path("functionCall");
        String id = Json.text(function.get("id"));
        var call = Json.object()
                .put("id", id == null || id.isEmpty() ? "call_" + ids.get() : id)
                .put("type", "function");
        var args = function.get("args");
        call.putObject("function")
                .put("name", function.path("name").asText())
                .put("arguments", args == null || !args.isObject() ? "{}" : Json.write(args));
        Signatures.keep(part, call);
        return call;
    }

    boolean isNothing() {
        return text.isEmpty() && reasoning.isEmpty() && calls.isEmpty();
    }
}
