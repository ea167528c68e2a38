package io.perpetua.adapters.llm.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.adapters.llm.wire.Json;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;

/** A message's JSON as an endpoint takes it: its own, unless a quirk of the endpoint's forbids. */
final class OutgoingMessage {

    private static final String EXTRA_CONTENT = "extra_content";

    private OutgoingMessage() {}

    static String json(Message message, Quirks quirks) {
        boolean renamed = message.role() == Role.DEVELOPER && !quirks.developer();
        boolean stripped = !quirks.extraContent()
                && !message.toolCalls().isEmpty()
                && message.wire().contains(EXTRA_CONTENT);
        boolean unnamed = message.name() != null && message.role() != Role.FUNCTION && !quirks.names();
        if (!renamed && !stripped && !unnamed) {
            return message.wire();
        }
        var json = Json.parseObject(message.wire());
        if (json == null) {
            throw new IllegalArgumentException("not a message's JSON: " + message.wire());
        }
        if (renamed) {
            json.put("role", Role.SYSTEM.wire());
        }
        if (stripped) {
            json.path("tool_calls").forEach(call -> ((ObjectNode) call).remove(EXTRA_CONTENT));
        }
        if (unnamed) {
            json.remove("name");
        }
        return Json.write(json);
    }
}
