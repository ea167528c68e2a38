package io.perpetua.domain.routing;

import static io.perpetua.domain.routing.Intent.AMBIGUOUS_OR_OTHER;
import static io.perpetua.domain.routing.Intent.CODING_HELP;
import static io.perpetua.domain.routing.Intent.EDITING_WRITING;
import static io.perpetua.domain.routing.Intent.QA_RETRIEVAL;
import static io.perpetua.domain.routing.Intent.REASONING_MATH;
import static io.perpetua.domain.routing.Intent.SOCIAL_CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perpetua.domain.routing.IntentClassifier.Example;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntentClassifierTest {

    private static final IntentClassifier SHIPPED = IntentClassifier.shipped();

    @Test
    void judge_aConversationOfEveryKind_isToldApart() {
        assertThat(intent("hello there", null)).isEqualTo(SOCIAL_CHAT);
        assertThat(intent("write python to reverse a list", SOCIAL_CHAT)).isEqualTo(CODING_HELP);
        assertThat(intent("explain how that code works", CODING_HELP)).isEqualTo(QA_RETRIEVAL);
        assertThat(intent("rewrite this to be formal: hey team, we shipped.", QA_RETRIEVAL))
                .isEqualTo(EDITING_WRITING);
        assertThat(intent("what is time complexity of merge sort?", EDITING_WRITING))
                .isEqualTo(REASONING_MATH);
        assertThat(intent("lol nice", REASONING_MATH)).isEqualTo(SOCIAL_CHAT);
        assertThat(intent("make it better", SOCIAL_CHAT)).isEqualTo(AMBIGUOUS_OR_OTHER);
        assertThat(intent("what were we working on again?", AMBIGUOUS_OR_OTHER)).isEqualTo(QA_RETRIEVAL);
    }

    @Test
    void judge_wordsWithinWords_sayNothing() {
        assertThat(intent("what is the capital of France?", null)).isEqualTo(QA_RETRIEVAL);
        assertThat(intent("is a classical education worth it?", null)).isEqualTo(QA_RETRIEVAL);
    }

    @Test
    void judge_nothingAtAll_isAmbiguous() {
        assertThat(intent("", null)).isEqualTo(AMBIGUOUS_OR_OTHER);
        assertThat(intent("hmm", null)).isEqualTo(AMBIGUOUS_OR_OTHER);
    }

    @Test
    void judge_saysWhy() {
        var judgement = SHIPPED.judge("fix this regex for me", null, SOCIAL_CHAT);
        assertThat(judgement.intent()).isEqualTo(CODING_HELP);
        assertThat(judgement.confidence()).isBetween(0.5, 1.0);
        assertThat(judgement.reason())
                .startsWith("coding_help (")
                .as("it is kept, and nothing of what was said is to be")
                .doesNotContain("regex")
                .endsWith("after social_chat");
        assertThat(judgement.words()).contains("regex");
    }

    @Test
    void judge_aMegabyteOfAnything_isJudged() {
        for (String piece : List.of("a", "write ", "```", "1+", "if ", "how many 1 ", "\n", "<p>", "select x from ")) {
            String hostile = piece.repeat(1_000_000 / piece.length());
            assertThat(SHIPPED.judge(hostile, null, null).confidence()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void fit_examples_areLearntAndSurviveWriting() throws IOException {
        var fitted = IntentClassifier.fit(
                List.of(
                        new Example(SOCIAL_CHAT, null, "zork the blivet"),
                        new Example(CODING_HELP, null, "unzork the gromble")),
                List.of(new float[] {1, 0}, new float[] {0, 1}));
        var bytes = new ByteArrayOutputStream();
        fitted.write(new DataOutputStream(bytes));
        var read = IntentClassifier.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        for (IntentClassifier each : List.of(fitted, read)) {
            assertThat(each.judge("zork the blivet", null, null).intent()).isEqualTo(SOCIAL_CHAT);
            assertThat(each.judge("something", new float[] {0, 1}, null).intent())
                    .isEqualTo(CODING_HELP);
        }
    }

    @Test
    void fit_withoutAVectorEach_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IntentClassifier.fit(List.of(new Example(SOCIAL_CHAT, null, "hi")), List.of()));
    }

    private static Intent intent(String message, @Nullable Intent previous) {
        return SHIPPED.judge(message, null, previous).intent();
    }
}
