package io.perpetua.adapters.llm.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.domain.conversation.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The messages as Gemini wants them: instructions apart, wherever they stood; user and model taking turns; what functions
 * have reported in the user's. Not safe for concurrent use.
 */
final class Contents {

    /** Opens a conversation whose beginning is not sent: the first turn has to be the user's. */
    private static final String ELIDED = "…";

    private final boolean signatures;
    private final ArrayNode instructions = Json.array();
    private final ArrayNode contents = Json.array();
    /** Functions by the calls of them: reports name the call, and Gemini wants the function. */
    private final Map<String, String> called = new HashMap<>();

    /**
     * An empty conversation.
     *
     * @param signatures whether the model refuses calls without a signature
     */
    Contents(boolean signatures) {
        this.signatures = signatures;
    }

    void add(Message message) {
        var json = Objects.requireNonNull(Json.parseObject(message.wire()), "a message is JSON");
        switch (message.role()) {
            case SYSTEM, DEVELOPER -> instructions.addAll(Parts.of(message, json));
            case USER -> add("user", Parts.of(message, json));
            case ASSISTANT -> addAnswer(message, json);
            case TOOL, FUNCTION -> addReport(message, json);
        }
    }

    private void addAnswer(Message message, JsonNode json) {
        var parts = Parts.of(message, json);
        for (int i = 0; i < message.toolCalls().size(); i++) {
            var call = message.toolCalls().get(i);
            called.put(call.id(), call.name());
            var part = Parts.functionCall(call);
            Signatures.copy(json.path("tool_calls").path(i), part, signatures && i == 0);
            parts.add(part);
        }
        add("model", parts);
    }

    private void addReport(Message message, JsonNode json) {
        String id = message.toolCallId() == null ? "" : message.toolCallId();
        var parts = Json.array();
        parts.add(Parts.functionResponse(id, called.getOrDefault(id, id), message.text()));
        if (!message.media().isEmpty()) {
            Parts.of(message, json).forEach(part -> {
                if (!part.has("text")) {
                    parts.add(part);
                }
            });
        }
        add("user", parts);
    }

    /** Adds parts, of which there may be none, to the turn that goes on, or to a new one when it is another's. */
    private void add(String role, ArrayNode parts) {
        if (parts.isEmpty()) {
            return;
        }
        if (contents.isEmpty() && role.equals("model")) {
            add("user", Json.array().add(Json.object().put("text", ELIDED)));
        }
        if (contents.isEmpty()
                || !role.equals(contents.get(contents.size() - 1).path("role").asText())) {
            contents.addObject().put("role", role).putArray("parts");
        }
        ((ArrayNode) contents.get(contents.size() - 1).get("parts")).addAll(parts);
    }

    void writeTo(ObjectNode body) {
        if (!instructions.isEmpty()) {
            body.putObject("systemInstruction").set("parts", instructions);
        }
        body.set("contents", contents);
    }
}
