package io.perpetua.benchmarks.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perpetua.benchmarks.conversation.Fact.Fate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UiConversationTest {

    private static final int LONG = 100;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {ConversationBench.SEED, 1, 2, 3})
    void messages_areDistinct(long seed) {
        var messages = UiConversation.of(LONG, seed).messages();
        var overlap = Overlap.of(messages);

        assertThat(messages).hasSize(2 * LONG).doesNotHaveDuplicates();
        assertThat(overlap.largest()).isLessThan(0.6);
        assertThat(overlap.mean()).isLessThan(0.01);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {ConversationBench.SEED, 1, 2, 3})
    void values_areSaidOnlyWhereTheFactIsSpokenOf(long seed) {
        var conversation = UiConversation.of(LONG, seed);

        assertThat(conversation.required()).hasSizeGreaterThanOrEqualTo(30);
        for (Required required : conversation.required()) {
            assertThat(required.exchanges())
                    .as(required.name())
                    .containsAll(saying(conversation, required.current()))
                    .isSorted();
            if (required.rejected() != null) {
                assertThat(required.exchanges()).containsAll(saying(conversation, required.rejected()));
                assertThat(Spelling.says(required.rejected(), required.current()))
                        .isFalse();
            }
            assertThat(saying(conversation, required.current())).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0} exchanges")
    @ValueSource(ints = {10, 50, 100, 250})
    void facts_areToldEarly_andNotSpokenOfAtTheEnd(int exchanges) {
        for (Required required : UiConversation.of(exchanges, 7).required()) {
            assertThat(required.exchanges().getFirst()).as(required.name()).isLessThanOrEqualTo(exchanges / 5);
            assertThat(required.exchanges().getLast()).isLessThan((int) (0.85 * exchanges) + 1);
        }
    }

    @Test
    void lastToSpeak_hasTheValueThatHolds_orSettles() {
        var conversation = UiConversation.of(LONG, 1);

        assertThat(conversation.required()).extracting(Required::fate).contains(Fate.values());
        for (Required required : conversation.required()) {
            int last = required.exchanges().getLast();
            switch (required.fate()) {
                case TOLD -> assertThat(required.exchanges()).hasSize(1);
                case CHANGED ->
                    assertThat(saying(conversation, required.current()))
                            .as(required.name())
                            .containsExactly(last);
                case SETTLED ->
                    assertThat(required.exchanges()).as(required.name()).hasSize(3);
            }
        }
    }

    @Test
    void questions_doNotContainTheirAnswer() {
        for (Required required : UiConversation.of(LONG, 1).required()) {
            assertThat(required.answeredBy(required.question()))
                    .as(required.question())
                    .isFalse();
            assertThat(required.mistakenBy(required.question())).isFalse();
        }
    }

    @Test
    void of_sameSeed_isTheSame_anotherSeedIsAnother() {
        assertThat(UiConversation.of(20, 5)).isEqualTo(UiConversation.of(20, 5));
        assertThat(UiConversation.of(20, 6).messages())
                .doesNotContainAnyElementsOf(UiConversation.of(20, 5).messages());
    }

    @Test
    void of_tooFewExchanges_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> UiConversation.of(9, 1));
    }

    /** The exchanges in which {@code value} is said, by whomever. */
    private static List<Integer> saying(UiConversation conversation, String value) {
        var found = new ArrayList<Integer>();
        for (int i = 0; i < conversation.exchanges().size(); i++) {
            var exchange = conversation.exchanges().get(i);
            if (Spelling.says(exchange.user() + "\n" + exchange.assistant(), value)) {
                found.add(i + 1);
            }
        }
        return found;
    }
}
