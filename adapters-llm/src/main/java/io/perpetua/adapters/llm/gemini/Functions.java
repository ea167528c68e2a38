package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.UnsupportedRequest;
import io.perpetua.adapters.llm.wire.Json;

/**
 * The functions of a request and which of them may be called. Schemas go where Gemini takes JSON Schema as it is; the
 * older field knows a part of it only and refuses the rest.
 */
final class Functions {

    private Functions() {}

    static void write(JsonNode parameters, ObjectNode body) {
        var declarations = Json.array();
        parameters.path("tools").forEach(tool -> declarations.add(declaration(tool)));
        if (declarations.isEmpty()) {
            return;
        }
        body.putArray("tools").addObject().set("functionDeclarations", declarations);
        if (Json.says(parameters.get("tool_choice"))) {
            body.putObject("toolConfig").set("functionCallingConfig", calling(parameters.get("tool_choice")));
        }
    }

    private static ObjectNode declaration(JsonNode tool) {
        if (!tool.path("type").asText("function").equals("function")) {
            throw new UnsupportedRequest("its tools are functions, not " + tool.path("type"));
        }
        var function = tool.path("function");
        var declaration = Json.object().put("name", function.path("name").asText());
        if (Json.says(function.get("description"))) {
            declaration.set("description", function.get("description"));
        }
        // A function without parameters has no schema: an object without properties is refused.
        if (Json.says(function.path("parameters").get("properties"))) {
            declaration.set("parametersJsonSchema", schema(function.path("parameters")));
        }
        return declaration;
    }

    /** A schema without the name of the standard that it follows. */
    static JsonNode schema(JsonNode schema) {
        return schema instanceof ObjectNode object ? object.deepCopy().without("$schema") : schema;
    }

    private static ObjectNode calling(JsonNode choice) {
        String named = Json.text(choice.path("function").get("name"));
        if (named != null) {
            var calling = Json.object().put("mode", "ANY");
            calling.putArray("allowedFunctionNames").add(named);
            return calling;
        }
        return Json.object()
                .put(
                        "mode",
                        switch (choice.asText()) {
                            case "required" -> "ANY";
                            case "none" -> "NONE";
                            default -> "AUTO";
                        });
    }
}
