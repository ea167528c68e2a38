package io.perpetua.application.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.conversation.MessageReader.MalformedMessage;
import io.perpetua.domain.conversation.Role;
import org.junit.jupiter.api.Test;

class PlainMessagesTest {

    private final PlainMessages plain = PlainMessages.INSTANCE;

    @Test
    void compose_anyText_readsBackAsItself() {
        var message = plain.compose(Role.USER, "a \"quoted\"\n\0 \\ text");

        assertThat(plain.read(message.wire())).isEqualTo(message);
    }

    @Test
    void extend_text_joinsByBlankLines() {
        var message = plain.read("{\"role\": \"user\", \"content\": \"question\", \"name\": \"ana\"}");

        var extended = plain.extend(message, "before", "after");

        assertThat(extended.text()).isEqualTo("before\n\nquestion\n\nafter");
        assertThat(extended.name()).isEqualTo("ana");
    }

    @Test
    void read_whatIsNoMessage_isRefused() {
        assertThatThrownBy(() -> plain.read("7")).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> plain.read("{\"role\":\"bot\"}")).isInstanceOf(MalformedMessage.class);
    }
}
