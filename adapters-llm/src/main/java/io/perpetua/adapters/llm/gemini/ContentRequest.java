package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.UnsupportedRequest;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;
import java.util.Map;

/**
 * A request in Gemini's words. What it has no words for is refused where leaving it out would change what comes back, and
 * left out where it only concerns OpenAI's own service.
 */
final class ContentRequest {

    /** Numbers that mean the same there, by OpenAI's name for them. */
    private static final Map<String, String> SAME = Map.of(
            "temperature", "temperature",
            "top_p", "topP",
            "top_k", "topK",
            "n", "candidateCount",
            "seed", "seed",
            "presence_penalty", "presencePenalty",
            "frequency_penalty", "frequencyPenalty");

    private final ProviderRequest request;
    private final ObjectNode parameters;

    ContentRequest(ProviderRequest request) {
        var parsed = Json.parseObject(request.parameters());
        if (parsed == null) {
            throw new IllegalArgumentException("the parameters are not a JSON object");
        }
        this.request = request;
        this.parameters = parsed;
    }

    /** The request's body. */
    ObjectNode json() {
        refuseWhatCannotBeSaid();
        var body = Json.object();
        var contents = new Contents(ThinkingConfig.signsThoughts(request.model()));
        request.messages().forEach(contents::add);
        contents.writeTo(body);
        Functions.write(parameters, body);
        var config = config();
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        return body;
    }

    private void refuseWhatCannotBeSaid() {
        for (var modality : parameters.path("modalities")) {
            if (!"text".equals(modality.asText())) {
                throw new UnsupportedRequest("it is asked for text here; modalities must be [\"text\"]");
            }
        }
        if (Json.says(parameters.get("functions"))) {
            throw new UnsupportedRequest("it is not given functions; send them as tools");
        }
    }

    private ObjectNode config() {
        var config = Json.object();
        SAME.keySet().stream().sorted().forEach(name -> {
            if (parameters.path(name).isNumber()) {
                config.set(SAME.getOrDefault(name, name), parameters.get(name));
            }
        });
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            int limit = Json.count(parameters, name);
            if (limit > 0 && !config.has("maxOutputTokens")) {
                config.put("maxOutputTokens", limit);
            }
        }
        var stop = parameters.path("stop");
        if (Json.says(parameters.get("stop"))) {
            config.set("stopSequences", stop.isTextual() ? Json.array().add(stop) : stop);
        }
        writeFormat(config, parameters.path("response_format"));
        String effort = Json.text(parameters.get("reasoning_effort"));
        if (effort != null) {
            ThinkingConfig.write(config, request.model(), effort);
        }
        return config;
    }

    private static void writeFormat(ObjectNode config, JsonNode format) {
        String type = format.path("type").asText();
        if (type.equals("json_object") || type.equals("json_schema")) {
            config.put("responseMimeType", "application/json");
        }
        if (type.equals("json_schema")) {
            config.set(
                    "responseJsonSchema",
                    Functions.schema(format.path("json_schema").path("schema")));
        }
    }
}
