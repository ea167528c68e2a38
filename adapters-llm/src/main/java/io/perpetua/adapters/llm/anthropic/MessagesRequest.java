package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.http.UnsupportedRequest;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.application.routing.ChatProvider.ProviderRequest;

/**
 * A request in the Messages API's words. What it has no words for is refused where leaving it out would change what
 * comes back (several choices, audio), and left out where it only nudges the sampling or concerns OpenAI's own service.
 */
final class MessagesRequest {

    /** Tokens of an answer that nobody limited: the API insists on a limit, and prompt and limit must fit the window. */
    private static final int UNLIMITED_ANSWER = 16_384;

    private static final int LONGEST_USER_ID = 256;

    private final ProviderRequest request;
    private final ClaudeModel model;
    private final ObjectNode parameters;

    MessagesRequest(ProviderRequest request, ClaudeModel model) {
        var parsed = Json.parseObject(request.parameters());
        if (parsed == null) {
            throw new IllegalArgumentException("the parameters are not a JSON object");
        }
        this.request = request;
        this.model = model;
        this.parameters = parsed;
    }

    /** The request's body. */
    ObjectNode json() {
        refuseWhatCannotBeSaid();
        var body = Json.object().put("model", request.model()).put("max_tokens", limit());
        var transcript = new Transcript(request.model());
        request.messages().forEach(transcript::add);
        ResponseFormat.apply(parameters.path("response_format"), model, body, transcript);
        var tools = Tools.of(parameters, transcript);
        tools.writeTo(body);
        boolean thinks =
                new ThinkingChoice(model, parameters, tools.forced(), transcript.repeatsThoughts()).apply(body);
        boolean mayThink = thinks || (model.thinksUnasked() && !body.has("thinking"));
        transcript.writeTo(body, mayThink);
        if (model.sampling() && !thinks) {
            sampling(body);
        }
        writeStop(body);
        writeUser(body);
        CacheMarks.place(body, transcript.stable(), model.cacheFrom());
        return body.put("stream", request.stream());
    }

    private void refuseWhatCannotBeSaid() {
        if (Json.count(parameters, "n") > 1) {
            throw new UnsupportedRequest("it gives one answer a call; n must be 1, not " + parameters.get("n"));
        }
        for (var modality : parameters.path("modalities")) {
            if (!"text".equals(modality.asText())) {
                throw new UnsupportedRequest("it answers in text; modalities must be [\"text\"]");
            }
        }
        if (Json.says(parameters.get("functions"))) {
            throw new UnsupportedRequest("it knows no functions; send them as tools");
        }
    }

    private int limit() {
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            int asked = Json.count(parameters, name);
            if (asked > 0) {
                return Math.min(asked, model.largestAnswer());
            }
        }
        return Math.min(UNLIMITED_ANSWER, model.largestAnswer());
    }

    /** Newer models refuse a temperature beside a top_p; the temperature is what more people mean. */
    private void sampling(ObjectNode body) {
        var temperature = parameters.path("temperature");
        if (temperature.isNumber()) {
            body.put("temperature", Math.clamp(temperature.doubleValue(), 0.0, 1.0));
        } else if (parameters.path("top_p").isNumber()) {
            body.set("top_p", parameters.get("top_p"));
        }
        if (parameters.path("top_k").isIntegralNumber()) {
            body.set("top_k", parameters.get("top_k"));
        }
    }

    /** Stop sequences of nothing but blanks are refused there. */
    private void writeStop(ObjectNode body) {
        var stop = parameters.path("stop");
        var sequences = Json.array();
        for (JsonNode each : stop.isTextual() ? Json.array().add(stop) : stop) {
            if (!each.asText().isBlank()) {
                sequences.add(each);
            }
        }
        if (!sequences.isEmpty()) {
            body.set("stop_sequences", sequences);
        }
    }

    private void writeUser(ObjectNode body) {
        String user = Json.text(parameters.get("user"));
        if (user != null && !user.isEmpty() && user.length() <= LONGEST_USER_ID) {
            body.putObject("metadata").put("user_id", user);
        }
    }
}
