package io.perpetua.adapters.llm.wire;

import static io.perpetua.adapters.llm.wire.Fields.expected;
import static io.perpetua.adapters.llm.wire.Fields.optionalText;
import static io.perpetua.adapters.llm.wire.Fields.requireText;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Messages as OpenAI's chat completions spell them. What a refusal says counts as text. A legacy {@code function_call}
 * is a tool call whose id is the function's name, and a {@code function} message answers the call of its name.
 */
public final class OpenAiMessages {

    private static final String ROLES =
            Arrays.stream(Role.values()).map(Role::wire).collect(Collectors.joining(", ", "one of ", ""));

    private OpenAiMessages() {}

    /**
     * The message that {@code json} is; the tree may be changed.
     *
     * @throws MalformedMessage naming the field and what was expected of it
     */
    public static Message read(JsonNode json) {
        if (!(json instanceof ObjectNode)) {
            throw expected("", "a message object", json);
        }
        var message = Surrogates.mend(json);
        var role = role(message.get("role"));
        var calls = ToolCalls.read(message, role);
        boolean contentOptional = role == Role.ASSISTANT
                && (!calls.isEmpty() || Json.says(message.get("refusal")) || Json.says(message.get("audio")));
        var content = Content.read(message.get("content"), contentOptional);
        return new Message(
                role,
                content.textOr(Json.text(message.get("refusal"))),
                role == Role.FUNCTION ? requireText(message, "name", "name") : optionalText(message, "name", "name"),
                calls,
                answeredCall(message, role),
                content.media(),
                Json.write(message));
    }

    private static Role role(@Nullable JsonNode node) {
        String name = Json.text(node);
        var role = name == null ? null : Role.of(name);
        if (role == null) {
            throw expected("role", ROLES, node);
        }
        return role;
    }

    private static @Nullable String answeredCall(JsonNode message, Role role) {
        return switch (role) {
            case TOOL -> requireText(message, "tool_call_id", "tool_call_id");
            case FUNCTION -> requireText(message, "name", "name");
            case SYSTEM, DEVELOPER, USER, ASSISTANT -> null;
        };
    }
}
