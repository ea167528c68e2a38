package io.perpetua.adapters.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.domain.conversation.Message;
import org.jspecify.annotations.Nullable;

/**
 * A model's message as it would be sent back to a model later on: what models are told about an earlier answer and
 * nothing else, because strict providers refuse fields that only answers have ({@code annotations}, a null
 * {@code refusal}, {@code reasoning_content}). Reasoning stays with tool calls: there DeepSeek and Moonshot ask for it back.
 */
public final class Answers {

    private Answers() {}

    /**
     * The answer that a completion is.
     *
     * @param body its text, null where it is handed on as a stream
     * @throws MalformedMessage when its first choice's message is none
     */
    public static Answer answer(JsonNode completion, @Nullable String body) {
        var choice = completion.path("choices").path(0);
        return new Answer(
                message(choice.path("message")),
                Json.text(choice.get("finish_reason")),
                OpenAiUsage.of(completion),
                Json.text(completion.get("model")),
                body);
    }

    /**
     * The message that a completion's or an assembled {@code message} becomes.
     *
     * @throws MalformedMessage when it has neither calls nor content that could be understood
     */
    public static Message message(JsonNode message) {
        var json = Json.object().put("role", "assistant");
        json.set("content", message.path("content"));
        if (Json.says(message.get("refusal"))) {
            json.set("refusal", message.get("refusal"));
        }
        if (Json.says(message.path("audio").get("id"))) {
            json.putObject("audio").set("id", message.path("audio").get("id"));
        }
        keepCalls(message, json);
        if (!Json.says(json.get("content"))) {
            settleEmptyContent(json);
        }
        return OpenAiMessages.read(json);
    }

    private static void keepCalls(JsonNode message, ObjectNode json) {
        if (Json.says(message.get("tool_calls"))) {
            var calls = message.get("tool_calls").deepCopy();
            for (int i = 0; i < calls.size(); i++) {
                nameCall(calls.get(i), i);
            }
            json.set("tool_calls", calls);
        }
        if (Json.says(message.get("function_call"))) {
            json.set("function_call", message.get("function_call"));
        }
        if (calls(json) && Json.says(message.get("reasoning_content"))) {
            json.set("reasoning_content", message.get("reasoning_content"));
        }
    }

    /** Some providers leave a call's id out, or write its arguments as the object that they spell. */
    private static void nameCall(JsonNode node, int position) {
        if (node instanceof ObjectNode call) {
            if (!Json.says(call.get("id"))) {
                call.put("id", "call_" + position);
            }
            if (call.get("function") instanceof ObjectNode function
                    && !function.path("arguments").isTextual()) {
                var arguments = function.get("arguments");
                function.put("arguments", Json.says(arguments) ? Json.write(arguments) : "{}");
            }
        }
    }

    private static void settleEmptyContent(ObjectNode json) {
        if (calls(json) || json.has("refusal") || json.has("audio")) {
            json.putNull("content");
        } else {
            json.put("content", "");
        }
    }

    private static boolean calls(JsonNode json) {
        return json.has("tool_calls") || json.has("function_call");
    }
}
