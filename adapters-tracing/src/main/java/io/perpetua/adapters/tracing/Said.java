package io.perpetua.adapters.tracing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.routing.ProviderReply.Answer;
import io.perpetua.domain.conversation.Message;
import java.util.List;

/** What is said, as the conventions write it on spans. For those alone who have asked for it. */
final class Said {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Said() {}

    static String messages(List<Message> messages) {
        var array = JSON.arrayNode();
        messages.forEach(message -> array.add(json(message)));
        return array.toString();
    }

    static String answer(Answer answer) {
        var message = json(answer.message());
        message.put("finish_reason", answer.finishReason());
        return JSON.arrayNode().add(message).toString();
    }

    private static ObjectNode json(Message message) {
        var json = JSON.objectNode();
        json.put("role", message.role().wire());
        var parts = json.putArray("parts");
        if (message.role().reports()) {
            parts.addObject()
                    .put("type", "tool_call_response")
                    .put("id", message.toolCallId())
                    .put("response", message.text());
            return json;
        }
        if (!message.text().isEmpty()) {
            parts.addObject().put("type", "text").put("content", message.text());
        }
        calls(message, parts);
        return json;
    }

    private static void calls(Message message, ArrayNode parts) {
        message.toolCalls()
                .forEach(call -> parts.addObject()
                        .put("type", "tool_call")
                        .put("id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments()));
    }
}
