package io.perpetua.adapters.llm.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import org.jspecify.annotations.Nullable;

/** The function a request insists on having called. */
final class ToolChoice {

    private ToolChoice() {}

    /** The function's description, null when the request leaves the choice to the model. */
    static @Nullable JsonNode forced(JsonNode parameters) {
        var choice = parameters.path("tool_choice");
        String name = Json.text(choice.path("function").get("name"));
        boolean any = "required".equals(Json.text(choice));
        for (var tool : parameters.path("tools")) {
            var function = tool.path("function");
            if (function.isObject() && (any || (name != null && name.equals(Json.text(function.get("name")))))) {
                return function;
            }
        }
        return null;
    }

    /**
     * Arguments that {@code function}'s schema accepts: required texts say {@code question}, or the first value that is
     * allowed; every other required property is the plainest value of its type.
     */
    static ObjectNode arguments(JsonNode function, String question) {
        var schema = function.path("parameters");
        var arguments = Json.object();
        for (var required : schema.path("required")) {
            var property = schema.path("properties").path(required.asText());
            arguments.set(required.asText(), value(property, question));
        }
        return arguments;
    }

    private static JsonNode value(JsonNode property, String question) {
        if (Json.says(property.get("enum"))) {
            return property.path("enum").path(0);
        }
        var factory = Json.object();
        return switch (property.path("type").asText("string")) {
            case "integer", "number" -> factory.numberNode(0);
            case "boolean" -> factory.booleanNode(false);
            case "array" -> factory.arrayNode();
            case "object" -> factory.objectNode();
            default -> factory.textNode(question);
        };
    }
}
