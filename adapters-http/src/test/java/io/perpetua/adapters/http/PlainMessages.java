package io.perpetua.adapters.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.perpetua.adapters.http.json.Json;
import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.conversation.MessageReader;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.List;

/** Reads and writes messages whose content is a string. */
enum PlainMessages implements MessageReader, MessageWriter {
    INSTANCE;

    @Override
    public Message read(String json) {
        JsonNode node = Json.tree(json);
        if (!node.isObject()) {
            throw new MalformedMessage("", "expected an object");
        }
        Role role = Role.of(node.path("role").asText());
        if (role == null) {
            throw new MalformedMessage("role", "expected a role, found " + node.path("role"));
        }
        String name = node.path("name").asText(null);
        return new Message(role, node.path("content").asText(), name, List.of(), null, List.of(), json);
    }

    @Override
    public Message compose(Role role, String text) {
        String wire = Json.write(Json.object().put("role", role.wire()).put("content", text));
        return new Message(role, text, null, List.of(), null, List.of(), wire);
    }

    @Override
    public Message extend(Message message, String before, String after) {
        return compose(message.role(), (before + "\n\n" + message.text() + "\n\n" + after).strip());
    }
}
