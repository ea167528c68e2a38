package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that take a line each. */
final class SmallRulesTest {

    @Test
    void standard_scores_haveMeanZeroAndDeviationOne() {
        double[] standard = Scale.standard(new double[] {1, 2, 3, 4});

        assertThat(standard).usingComparatorWithPrecision(1e-3).containsExactly(-1.342, -0.447, 0.447, 1.342);
    }

    @Test
    void standard_absentOnes_countAsAverage() {
        assertThat(Scale.standard(new double[] {1, Double.NaN, 3}))
                .usingComparatorWithPrecision(1e-6)
                .containsExactly(-1, 0, 1);
    }

    @Test
    void standard_allAlike_areZero() {
        assertThat(Scale.standard(new double[] {5, 5, 5})).containsExactly(0, 0, 0);
    }

    @Test
    void contrast_ofAQueryAlongTheMean_isHalfOfIt() {
        assertThat(Contrast.of(new float[] {1, 0}, new float[] {1, 0})).containsExactly(0.5f, 0);
    }

    @Test
    void contrast_leavesOrderOfTurnsWithoutTheMeansDirection() {
        float[] telling = Contrast.of(new float[] {0.6f, 0.8f}, new float[] {0.9f, 0});

        assertThat(telling[0]).isCloseTo(0.15f, within(1e-6f));
        assertThat(telling[1]).isEqualTo(0.8f);
    }

    @Test
    void spread_turnInTwoPassages_hasTheirMean() {
        var talk = new Talk();
        for (int i = 0; i < 7; i++) {
            talk.user("x");
        }
        float n = Float.NaN;
        float[] mean = Passages.spread(talk.table(), new float[] {n, n, 0.2f, n, n, 0.6f, n});

        assertThat(mean[0]).isCloseTo(0.4f, within(1e-6f));
        assertThat(mean[5]).isEqualTo(0.6f);
        assertThat(mean[6]).isNaN();
    }

    @Test
    void spread_earlierSession_isNotHeld() {
        var talk = new Talk().user("x").later(Duration.ofDays(1)).user("y").user("z");
        float n = Float.NaN;
        float[] mean = Passages.spread(talk.table(), new float[] {n, n, 0.2f});

        assertThat(mean[0]).isNaN();
        assertThat(mean[1]).isEqualTo(0.2f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Can you give me a summary of my project?",
                "Summarize what we did so far",
                "Walk me through the order in which I brought things up",
                "How has my plan evolved?",
                "How many roles did I mention across my sessions?"
            })
    void broad_questionsAboutEverything_areBroad(String question) {
        assertThat(new Question(question, Instant.EPOCH).broad()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"When is the deadline?", "Which order did I place?", "How do I write a for loop?", "Who is Ada?"
            })
    void broad_questionsAboutSomething_areNot(String question) {
        assertThat(new Question(question, Instant.EPOCH).broad()).isFalse();
    }

    @Test
    void broad_aMegabyteOfBeginnings_isReadAtItsEndsOnly() {
        assertThat(new Question("how did ".repeat(130_000), Instant.EPOCH).broad())
                .isFalse();
        assertThat(new Question("how did ".repeat(130_000) + "my plan evolve?", Instant.EPOCH).broad())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"What did you recommend?", "the steps you suggested", "your last explanation of it"})
    void aboutAssistant_itsWords_areMeant(String question) {
        assertThat(new Question(question, Instant.EPOCH).aboutAssistant()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"What do you recommend?", "Could you explain this?", "What did I say?"})
    void aboutAssistant_aRequest_isNot(String question) {
        assertThat(new Question(question, Instant.EPOCH).aboutAssistant()).isFalse();
    }
}
