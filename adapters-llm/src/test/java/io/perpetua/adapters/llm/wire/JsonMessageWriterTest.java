package io.perpetua.adapters.llm.wire;

import io.perpetua.application.context.MessageWriter;
import io.perpetua.application.context.MessageWriterContract;
import io.perpetua.application.conversation.MessageReader;

class JsonMessageWriterTest extends MessageWriterContract {

    @Override
    protected MessageWriter writer() {
        return new JsonMessageWriter();
    }

    @Override
    protected MessageReader reader() {
        return new JsonMessageReader();
    }
}
