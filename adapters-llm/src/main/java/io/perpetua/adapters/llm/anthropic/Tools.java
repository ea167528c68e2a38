package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.UnsupportedRequest;
import io.perpetua.adapters.llm.wire.Json;

/** The tools of a request and which of them may be called. */
final class Tools {

    private final ArrayNode tools;
    private final ObjectNode choice;

    private Tools(ArrayNode tools, ObjectNode choice) {
        this.tools = tools;
        this.choice = choice;
    }

    /** The tools that {@code parameters} offer. */
    static Tools of(JsonNode parameters, Transcript transcript) {
        var tools = Json.array();
        parameters.path("tools").forEach(tool -> tools.add(definition(tool)));
        if (tools.isEmpty()) {
            return mentioned(transcript);
        }
        var choice = choice(parameters.path("tool_choice"));
        var parallel = parameters.path("parallel_tool_calls");
        if (parallel.isBoolean()
                && !parallel.booleanValue()
                && !choice.path("type").asText().equals("none")) {
            choice.put("disable_parallel_tool_use", true);
        }
        return new Tools(tools, choice);
    }

    /** A conversation in which tools were called must define them, also where none is offered any more. */
    private static Tools mentioned(Transcript transcript) {
        var tools = Json.array();
        for (String name : transcript.calledTools()) {
            tools.addObject().put("name", name).putObject("input_schema").put("type", "object");
        }
        return new Tools(tools, Json.object().put("type", "none"));
    }

    private static ObjectNode definition(JsonNode tool) {
        if (!tool.path("type").asText("function").equals("function")) {
            throw new UnsupportedRequest("its tools are functions, not " + tool.path("type"));
        }
        var function = tool.path("function");
        var definition = Json.object().put("name", function.path("name").asText());
        if (Json.says(function.get("description"))) {
            definition.set("description", function.get("description"));
        }
        var schema = definition.putObject("input_schema").put("type", "object");
        if (function.get("parameters") instanceof ObjectNode parameters) {
            schema.setAll(parameters);
        }
        if (!schema.has("properties")) {
            schema.putObject("properties");
        }
        if (Json.says(tool.get("cache_control"))) {
            definition.set("cache_control", tool.get("cache_control"));
        }
        return definition;
    }

    private static ObjectNode choice(JsonNode choice) {
        String named = Json.text(choice.path("function").get("name"));
        if (named != null) {
            return Json.object().put("type", "tool").put("name", named);
        }
        return Json.object()
                .put(
                        "type",
                        switch (choice.asText()) {
                            case "required" -> "any";
                            case "none" -> "none";
                            default -> "auto";
                        });
    }

    /** Whether a tool has to be called. */
    boolean forced() {
        String type = choice.path("type").asText();
        return !tools.isEmpty() && (type.equals("any") || type.equals("tool"));
    }

    void writeTo(ObjectNode body) {
        if (!tools.isEmpty()) {
            body.set("tools", tools);
            body.set("tool_choice", choice);
        }
    }
}
