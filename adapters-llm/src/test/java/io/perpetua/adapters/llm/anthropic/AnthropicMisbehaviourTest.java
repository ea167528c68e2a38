package io.perpetua.adapters.llm.anthropic;

import io.perpetua.adapters.llm.http.Dialect;
import io.perpetua.adapters.llm.http.MisbehaviourContract;

class AnthropicMisbehaviourTest extends MisbehaviourContract {

    @Override
    protected Dialect dialect() {
        return Claude.dialect();
    }

    @Override
    protected String opening() {
        return """
                event: message_start
                data: {"type":"message_start","message":{"id":"m","model":"m","usage":{"input_tokens":1,"output_tokens":1}}}

                event: ping
                data: {"type":"ping"}

                """;
    }

    @Override
    protected String saying(String text) {
        return """
                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"%s"}}

                """.formatted(text);
    }
}
