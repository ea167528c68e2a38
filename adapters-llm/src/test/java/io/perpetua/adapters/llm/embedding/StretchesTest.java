package io.perpetua.adapters.llm.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StretchesTest {

    @Test
    void of_nothing_isNoStretch() {
        assertThat(Stretches.of(letters(""))).isEmpty();
    }

    @Test
    void of_asMuchAsFits_isOneStretch() {
        assertThat(Stretches.of(letters("a".repeat(Stretches.LONGEST))))
                .containsExactly(new Stretches.Range(0, Stretches.LONGEST));
    }

    @Test
    void of_wordWithoutEnd_isCutAnywhereIntoEvenShares() {
        assertThat(Stretches.of(letters("a".repeat(Stretches.LONGEST + 2)))).hasSize(2);
    }

    @Test
    void of_sentences_areKeptWhole() {
        var text = letters(("a".repeat(40) + ". ").repeat(20));

        assertThat(Stretches.of(text))
                .hasSizeGreaterThan(3)
                .allSatisfy(s -> assertThat(s.to() % 41).isZero());
    }

    @Test
    void of_lines_areKeptWhole() {
        var text = letters(("a".repeat(40) + "\n").repeat(20));

        assertThat(Stretches.of(text))
                .hasSizeGreaterThan(3)
                .allSatisfy(s -> assertThat(s.to() % 40).isZero());
    }

    @Test
    void of_oneLongSentence_isCutBetweenWords() {
        var text = letters(("a".repeat(9) + " 3.14 ").repeat(60));

        assertThat(Stretches.of(text))
                .hasSizeGreaterThan(2)
                .allSatisfy(s -> assertThat(s.to() == text.size() || text.wordStartsAt(s.to()))
                        .isTrue());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void of_anyText_coversItInOrderWithinTheLimitAndWithoutStumps(int seed) {
        var random = new SplittableRandom(seed);
        var source = new StringBuilder();
        for (int n = random.nextInt(1, 3_000); n > 0; n--) {
            source.append("aaaaaa  .\n。".charAt(random.nextInt(11)));
        }
        var text = letters(source.toString());
        int at = 0;
        for (var stretch : Stretches.of(text)) {
            assertThat(stretch.from()).isEqualTo(at);
            assertThat(stretch.to() - at).isBetween(1, Stretches.LONGEST);
            if (text.size() > Stretches.LONGEST) {
                assertThat(stretch.to() - at).isGreaterThan(Stretches.LONGEST / 8);
            }
            at = stretch.to();
        }
        assertThat(at).isEqualTo(text.size());
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    /** Each character but white space a piece of its own. */
    private static Pieces letters(String text) {
        int[] codePoints = text.codePoints().toArray();
        int[] starts = IntStream.range(0, codePoints.length)
                .filter(i -> !Character.isWhitespace(codePoints[i]))
                .toArray();
        int[] ends = IntStream.of(starts).map(i -> i + 1).toArray();
        return new Pieces(codePoints, new long[starts.length], starts, ends);
    }
}
