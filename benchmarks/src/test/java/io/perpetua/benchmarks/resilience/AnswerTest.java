package io.perpetua.benchmarks.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void isWhole_anyPartOrMixtureOrOtherPrompt_isNot() {
        for (int prompt = 0; prompt < 50; prompt++) {
            String one = Answer.of("a", prompt);
            String other = Answer.of("b", prompt);
            assertThat(Answer.isWhole(one, prompt)).isTrue();
            assertThat(Answer.isWhole(one, prompt + 1)).isFalse();
            assertThat(Answer.isWhole(one + other, prompt)).isFalse();
            for (int length = 0; length < one.length(); length++) {
                assertThat(Answer.isWhole(one.substring(0, length), prompt)).isFalse();
                String tail = other.substring(Math.min(other.length(), length + 1));
                assertThat(Answer.isWhole(one.substring(0, length) + tail, prompt))
                        .isEqualTo((one.substring(0, length) + tail).equals(other));
            }
        }
    }
}
