package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;

/**
 * {@code response_format}: a strict schema is handed on where the model can be held to it, for both sides ask the same of
 * such schemas; anything else is asked for in words, after the client's own instructions.
 */
final class ResponseFormat {

    private static final String IN_WORDS =
            "Answer with one JSON object and nothing else: no words around it, no code fence.";

    private ResponseFormat() {}

    static void apply(JsonNode format, ClaudeModel model, ObjectNode body, Transcript transcript) {
        var schema = format.path("json_schema").path("schema");
        switch (format.path("type").asText()) {
            case "json_object" -> transcript.instruct(IN_WORDS);
            case "json_schema" -> {
                boolean strict = format.path("json_schema").path("strict").asBoolean();
                if (strict && model.structured() && schema.isObject()) {
                    body.withObject("/output_config")
                            .putObject("format")
                            .put("type", "json_schema")
                            .set("schema", schema);
                } else {
                    transcript.instruct(IN_WORDS + " It has to match this JSON Schema:\n" + Json.write(schema));
                }
            }
            default -> {}
        }
    }
}
