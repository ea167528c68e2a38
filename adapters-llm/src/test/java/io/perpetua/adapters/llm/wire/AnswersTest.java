package io.perpetua.adapters.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.domain.conversation.Message;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static Message message(String json) {
        return Answers.message(Objects.requireNonNull(Json.parse(json)));
    }

    @Test
    void message_plainAnswer_keepsOnlyWhatMayBeSentBack() {
        assertThat(message("""
                                {"role":"assistant","content":"Hi","refusal":null,"annotations":[],"reasoning_content":"hm"}""").wire()).isEqualTo("{\"role\":\"assistant\",\"content\":\"Hi\"}");
    }

    @Test
    void message_toolCalls_keepTheirExtrasAndTheReasoning() {
        assertThat(message("""
                                {"content":"","reasoning_content":"hm","tool_calls":[
                                  {"type":"function","function":{"name":"f","arguments":{"a":1}},"extra_content":{"s":"t"}}]}""").wire()).isEqualTo("""
                        {"role":"assistant","content":null,"tool_calls":[{"type":"function","function":\
                        {"name":"f","arguments":"{\\"a\\":1}"},"extra_content":{"s":"t"},"id":"call_0"}],\
                        "reasoning_content":"hm"}""");
    }

    @Test
    void message_nothingSaid_isEmptyText() {
        assertThat(message("{\"role\":\"assistant\",\"content\":null}").wire())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
    }

    @Test
    void message_callWithoutAName_isRefused() {
        assertThatThrownBy(() -> message("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"arguments\":\"{}\"}}]}"))
                .isInstanceOf(MalformedMessage.class);
    }
}
