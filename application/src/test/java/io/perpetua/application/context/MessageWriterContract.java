package io.perpetua.application.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.MessageReader;
import io.perpetua.domain.conversation.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every writer of messages must do. */
public abstract class MessageWriterContract {

    protected abstract MessageWriter writer();

    protected abstract MessageReader reader();

    @ParameterizedTest
    @EnumSource(names = {"SYSTEM", "DEVELOPER", "USER", "ASSISTANT"})
    void compose_anyText_readsBackAsItself(Role role) {
        var message = writer().compose(role, "a \"quoted\"\n\u0000 text");

        assertThat(message.text()).isEqualTo("a \"quoted\"\n\u0000 text");
        assertThat(message.role()).isEqualTo(role);
        assertThat(reader().read(message.wire())).isEqualTo(message);
    }

    @Test
    void extend_plainText_joinsByBlankLines() {
        var message = reader().read("{\"role\":\"user\",\"content\":\"question\",\"x\":1}");

        var extended = writer().extend(message, "before", "after");

        assertThat(extended.text()).isEqualTo("before\n\nquestion\n\nafter");
        assertThat(extended.wire()).contains("\"x\":1");
        assertThat(reader().read(extended.wire())).isEqualTo(extended);
    }

    @Test
    void extend_parts_addsPartsOfTheirOwn() {
        var message = reader().read("""
                        {"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a"}}]}""");

        var extended = writer().extend(message, "before", "after");

        assertThat(extended.text()).isEqualTo("before\nafter");
        assertThat(extended.media()).isEqualTo(message.media());
        assertThat(extended.wire())
                .startsWith(
                        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"before\"},{\"type\":\"image_url\"");
    }

    @Test
    void extend_emptyContent_isTheAdditionAlone() {
        var message = reader().read("{\"role\":\"user\",\"content\":\"\"}");

        assertThat(writer().extend(message, "before", "").text()).isEqualTo("before");
    }

    @Test
    void extend_byNothing_isTheSameMessage() {
        var message = writer().compose(Role.USER, "question");

        assertThat(writer().extend(message, "", "")).isEqualTo(message);
    }
}
