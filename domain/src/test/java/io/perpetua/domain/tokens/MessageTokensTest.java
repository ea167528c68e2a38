package io.perpetua.domain.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTokensTest {

    private static final MessageTokens ONE_A_CHARACTER = new MessageTokens(String::length);

    @Test
    void of_plainMessage_costsItsTextAndFour() {
        assertThat(ONE_A_CHARACTER.of(message("hello", null, List.of(), List.of())))
                .isEqualTo(9);
        assertThat(ONE_A_CHARACTER.ofText("hello")).isEqualTo(9);
    }

    @Test
    void of_name_costsOneMoreThanItsText() {
        assertThat(ONE_A_CHARACTER.of(message("hello", "ada", List.of(), List.of())))
                .isEqualTo(13);
    }

    @Test
    void of_toolCallsAndMedia_areCounted() {
        var call = new ToolCall("call_1", "f", "{}");
        var media = new Message.Media("image_url", "https://example.org/cat.png", 85);
        assertThat(ONE_A_CHARACTER.of(message("", null, List.of(call), List.of(media))))
                .isEqualTo(4 + 9 + 85);
    }

    @Test
    void wordEstimate_roundsUp() {
        assertThat(WordEstimate.INSTANCE.count("")).isZero();
        assertThat(WordEstimate.INSTANCE.count("  ")).isZero();
        assertThat(WordEstimate.INSTANCE.count("one")).isEqualTo(2);
        assertThat(WordEstimate.INSTANCE.count(" one two\tthree\n")).isEqualTo(4);
    }

    private static Message message(
            String text,
            @org.jspecify.annotations.Nullable String name,
            List<ToolCall> calls,
            List<Message.Media> media) {
        return new Message(Role.USER, text, name, calls, null, media, "");
    }
}
