package io.perpetua.application.tokens;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.tokens.CountTokens.Count;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountTokensTest {

    private final CountTokens count = new CountTokens(new FakeTokenizers());

    @Test
    void ofText_words_areCountedAlone() {
        assertThat(count.ofText("m", "one two three")).isEqualTo(new Count(3, "one-a-word"));
    }

    @Test
    void ofMessages_overheadAndPriming_areCountedToo() {
        assertThat(count.ofMessages("m", List.of(user("one two"), assistant("three"))))
                .isEqualTo(new Count(4 + 2 + 4 + 1 + 3, "one-a-word"));
    }
}
