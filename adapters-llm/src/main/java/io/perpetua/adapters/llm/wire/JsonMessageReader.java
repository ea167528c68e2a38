package io.perpetua.adapters.llm.wire;

import io.perpetua.application.conversation.MessageReader;
import io.perpetua.domain.conversation.Message;

/** Reads messages with Jackson. Safe for concurrent use. */
public final class JsonMessageReader implements MessageReader {

    @Override
    public Message read(String json) {
        var node = Json.parse(json);
        if (node == null) {
            throw new MalformedMessage("", "expected a message object, found what is not valid JSON");
        }
        return OpenAiMessages.read(node);
    }
}
