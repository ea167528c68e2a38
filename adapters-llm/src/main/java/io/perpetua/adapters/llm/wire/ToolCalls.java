package io.perpetua.adapters.llm.wire;

import static io.perpetua.adapters.llm.wire.Fields.expected;
import static io.perpetua.adapters.llm.wire.Fields.requireText;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an assistant wants run: {@code tool_calls}, or the {@code function_call} of old. */
final class ToolCalls {

    private ToolCalls() {}

    static List<ToolCall> read(JsonNode message, Role role) {
        var calls = new ArrayList<ToolCall>();
        if (Json.says(message.get("tool_calls"))) {
            requireAssistant(role, "tool_calls");
            addAll(calls, message.get("tool_calls"));
        }
        if (Json.says(message.get("function_call"))) {
            requireAssistant(role, "function_call");
            calls.add(function(null, message.get("function_call"), "function_call"));
        }
        return List.copyOf(calls);
    }

    private static void requireAssistant(Role role, String field) {
        if (role != Role.ASSISTANT) {
            throw new MalformedMessage(
                    field, "only an assistant's message may have it, this one's role is " + role.wire());
        }
    }

    private static void addAll(List<ToolCall> calls, JsonNode nodes) {
        if (!nodes.isArray()) {
            throw expected("tool_calls", "an array of tool calls", nodes);
        }
        for (int i = 0; i < nodes.size(); i++) {
            calls.add(call(nodes.get(i), "tool_calls[" + i + "]"));
        }
    }

    private static ToolCall call(JsonNode node, String path) {
        if (!node.isObject()) {
            throw expected(path, "a tool call, an object", node);
        }
        String id = requireText(node, "id", path + ".id");
        String type = node.has("type") ? requireText(node, "type", path + ".type") : "function";
        return switch (type) {
            case "function" -> function(id, node.path("function"), path + ".function");
            case "custom" -> custom(id, node.path("custom"), path + ".custom");
            default -> throw expected(path + ".type", "\"function\" or \"custom\"", node.get("type"));
        };
    }

    private static ToolCall function(@Nullable String id, JsonNode function, String path) {
        String name = requireText(function, "name", path + ".name");
        return new ToolCall(id == null ? name : id, name, string(function, "arguments", path));
    }

    private static ToolCall custom(String id, JsonNode custom, String path) {
        return new ToolCall(id, requireText(custom, "name", path + ".name"), string(custom, "input", path));
    }

    private static String string(JsonNode parent, String name, String path) {
        String text = Json.text(parent.get(name));
        if (text == null) {
            throw expected(path + "." + name, "a string", parent.get(name));
        }
        return text;
    }
}
