package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.tokens.WordEstimate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClippingTest {

    private static final TokenCounter WORDS = WordEstimate.INSTANCE;

    @Test
    void of_shortText_isTheText() {
        assertThat(clip("Short enough.", "anything", 50)).isEqualTo("Short enough.");
    }

    @Test
    void of_longText_keepsTheSentenceThatAnswers() {
        String text = "I am planning a garden. The soil is heavy here. My neighbour grows roses along the wall. "
                + "The pump costs 240 euros. We might paint the fence in spring.";

        assertThat(clip(text, "How much does the pump cost?", 20)).contains("The pump costs 240 euros.");
    }

    @Test
    void of_wordsThatBeginAlike_areTheSame() {
        String text = "It rained all day long in town. We then talked of other things. "
                + "She was painting her kitchen in green. Nothing else of note came to pass that day.";

        assertThat(clip(text, "What did she paint?", 18)).contains("painting");
    }

    @Test
    void of_severalSentences_keepTheirOrderAndShowGaps() {
        String text = "Alpha is the first project. Something else stands here for a while. Beta is the second project. "
                + "And more of this and that. Gamma is the third project. The end of it all is near.";
        String clipped = clip(text, "alpha beta gamma project", 32);

        assertThat(clipped).containsSubsequence("Alpha", "…", "Beta");
    }

    @Test
    void of_nothingInCommon_beginsAtTheBeginning() {
        String text =
                "We start with this. Then comes that for quite a while. And so on until the very end of the text.";

        assertThat(clip(text, "zebra", 10)).startsWith("We start with this.");
    }

    @Test
    void of_oneLongSentence_isCutBetweenWords() {
        String text = "word ".repeat(200).strip();
        String clipped = clip(text, "word", 20);

        assertThat(clipped).startsWith("word word").endsWith("…");
    }

    @Test
    void of_fencedCode_comesAfterProse() {
        String text = "Why does the parser fail?\n```java\nparser.parse(parser.input());\nparser.fail();\n```\n"
                + "The parser fails on tabs, I think. Everything else seems to be in good order as far as I see.";

        assertThat(clip(text, "parser fails", 18)).doesNotContain("```").contains("fail");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void of_anyText_neverCostsMore(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            var text = new StringBuilder();
            int length = random.nextInt(300);
            for (int i = 0; i < length; i++) {
                text.append((char) ('a' + random.nextInt(26))).append(" . \n?x```> ".charAt(random.nextInt(11)));
            }
            int tokens = 1 + random.nextInt(60);
            for (TokenCounter counter : new TokenCounter[] {WORDS, String::length, each -> (each.length() + 3) / 4}) {
                String clipped = Clipping.of(text.toString(), "a b c", tokens, counter);
                assertThat(counter.count(clipped)).isLessThanOrEqualTo(tokens);
            }
        }
    }

    private static String clip(String text, String question, int tokens) {
        return Clipping.of(text, question, tokens, WORDS);
    }
}
