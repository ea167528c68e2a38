package io.perpetua.adapters.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.domain.conversation.Message;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The messages as the API wants them: instructions apart, wherever they stood; user and assistant taking turns; what tools
 * have reported at the front of the user's next turn. Not safe for concurrent use.
 */
final class Transcript {

    /** Opens a conversation whose beginning is not sent: the first turn has to be the user's. */
    private static final String ELIDED = "…";

    private final String model;
    private final ArrayNode system = Json.array();
    private final ArrayNode turns = Json.array();
    private final Set<String> calledTools = new LinkedHashSet<>();
    /** The turn in which the user spoke last, -1 as long as none did. */
    private int lastSpoken = -1;

    private boolean repeatsThoughts = true;

    /** A transcript for {@code model}. */
    Transcript(String model) {
        this.model = model;
    }

    void add(Message message) {
        var json = Objects.requireNonNull(Json.parseObject(message.wire()), "a message is JSON");
        switch (message.role()) {
            case SYSTEM, DEVELOPER -> Blocks.of(message, json).forEach(system::add);
            case USER -> {
                add("user", Blocks.of(message, json));
                lastSpoken = Math.max(0, turns.size() - 1);
                repeatsThoughts = true;
            }
            case ASSISTANT -> addAnswer(message, json);
            case TOOL, FUNCTION -> add("user", Json.array().add(Blocks.toolResult(message, json)));
        }
    }

    /** Adds an instruction of this server's own. */
    void instruct(String text) {
        system.add(Blocks.text(text));
    }

    private void addAnswer(Message message, JsonNode json) {
        var content = Json.array();
        var calls = json.path("tool_calls");
        for (int i = 0; i < message.toolCalls().size(); i++) {
            var thoughts = Thoughts.before(calls.path(i), model);
            repeatsThoughts &= i > 0 || !thoughts.isEmpty();
            thoughts.forEach(content::add);
            if (i == 0) {
                content.addAll(Blocks.of(message, json));
            }
            content.add(Blocks.toolUse(message.toolCalls().get(i)));
            calledTools.add(message.toolCalls().get(i).name());
        }
        add("assistant", message.toolCalls().isEmpty() ? Blocks.of(message, json) : content);
    }

    /** Adds blocks, of which there may be none, to the turn that goes on, or to a new one when it is another's. */
    private void add(String role, ArrayNode blocks) {
        if (blocks.isEmpty()) {
            return;
        }
        if (turns.isEmpty() && role.equals("assistant")) {
            add("user", Json.array().add(Blocks.text(ELIDED)));
        }
        if (turns.isEmpty()
                || !role.equals(turns.get(turns.size() - 1).path("role").asText())) {
            turns.addObject().put("role", role).putArray("content");
        }
        ((ArrayNode) turns.get(turns.size() - 1).get("content")).addAll(blocks);
    }

    /** Whether every answer with tool calls since the user spoke has with it what was thought before. */
    boolean repeatsThoughts() {
        return repeatsThoughts;
    }

    /** The tools that were called, each once, in order. */
    Set<String> calledTools() {
        return calledTools;
    }

    /** How many turns, from the first, the next request will begin with too: what comes before the user's last words. */
    int stable() {
        return Math.max(0, lastSpoken);
    }

    /**
     * Writes instructions and turns into {@code body}.
     *
     * @param mayThink whether the model may think; if so it wants back what it thought since the user spoke
     */
    void writeTo(ObjectNode body, boolean mayThink) {
        if (!system.isEmpty()) {
            body.set("system", system);
        }
        for (int i = 0; i < turns.size(); i++) {
            if (i < lastSpoken || !mayThink) {
                removeThoughts((ArrayNode) turns.get(i).get("content"));
            }
        }
        trimEnd();
        body.set("messages", turns);
    }

    private static void removeThoughts(ArrayNode content) {
        for (int i = content.size() - 1; i >= 0; i--) {
            if (Thoughts.isThought(content.get(i))) {
                content.remove(i);
            }
        }
    }

    /** An answer that is to be gone on with must not end in blanks. */
    private void trimEnd() {
        var last = turns.path(turns.size() - 1);
        if (last.path("role").asText().equals("assistant")
                && last.path("content").path(last.path("content").size() - 1) instanceof ObjectNode block
                && block.has("text")) {
            block.put("text", block.path("text").asText().stripTrailing());
        }
    }
}
