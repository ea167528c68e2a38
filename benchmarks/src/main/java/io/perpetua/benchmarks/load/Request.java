package io.perpetua.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** A chat request that is being put together. Not safe for concurrent use. */
final class Request {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int prompt;
    private final ObjectNode body;
    private final Map<String, String> headers = new HashMap<>();

    /**
     * Asks {@code user}'s question.
     *
     * @param prompt its number
     * @param words of it
     */
    Request(String model, String user, String conversation, int prompt, int words) {
        this.prompt = prompt;
        this.body = JSON.createObjectNode().put("model", model).put("user", user);
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", Prompt.of(conversation, prompt, words));
    }

    /** As a part of a conversation that the server keeps. */
    Request in(String conversation) {
        body.put("conversation_id", conversation);
        return this;
    }

    Request withoutMemory() {
        body.put("use_memory", false);
        return this;
    }

    Request stream(boolean stream) {
        body.put("stream", stream);
        return this;
    }

    Request mostTokens(int tokens) {
        body.put("max_tokens", tokens);
        return this;
    }

    Request priority(Priority priority) {
        headers.put("X-Priority", priority.wire());
        return this;
    }

    Request key(String key) {
        headers.put("Authorization", "Bearer " + key);
        return this;
    }

    int prompt() {
        return prompt;
    }

    boolean stream() {
        return body.path("stream").asBoolean();
    }

    Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    String body() {
        return body.toString();
    }
}
