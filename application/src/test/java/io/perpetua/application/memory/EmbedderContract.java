package io.perpetua.application.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Embedder} owes its callers. */
public abstract class EmbedderContract {

    private static final String CAT = "The cat sleeps on the warm mat by the door.";

    protected abstract Embedder embedder();

    @ParameterizedTest
    @ValueSource(strings = {CAT, "x", "Grüße aus Köln 👋", "a\uD83D b\uDE00", "null\u0000byte", "1234567890"})
    void embedPassage_shortText_isOneUnitVector(String text) {
        List<float[]> vectors = embedder().embedPassage(text);

        assertThat(vectors).hasSize(1).allSatisfy(this::isUnit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u0000", "\uD83D", "\u200B"})
    void embed_nothingToEmbed_isEmptyAndNull(String text) {
        assertThat(embedder().embedPassage(text)).isEmpty();
        assertThat(embedder().embedQuery(text)).isNull();
    }

    @Test
    void embedPassage_longText_isSeveralUnitVectors() {
        assertThat(embedder().embedPassage((CAT + " ").repeat(100)))
                .hasSizeBetween(2, 100)
                .allSatisfy(this::isUnit);
    }

    @Test
    void embedPassage_somethingNewAtTheEndOfALongText_isInTheLastVector() {
        String tax = "The quarterly tax report is due on Friday, said the accountant.";
        var vectors = embedder().embedPassage((CAT + " ").repeat(100) + (tax + " ").repeat(20));

        assertThat(cosine(vectors.getLast(), query(tax))).isGreaterThan(cosine(vectors.getFirst(), query(tax)));
    }

    @Test
    void embedQuery_shortText_isWhereThePassageIs() {
        isUnit(query(CAT));
        assertThat(cosine(query(CAT), embedder().embedPassage(CAT).getFirst())).isCloseTo(1, within(1e-3));
    }

    @Test
    void embedQuery_longText_isAUnitVector() {
        isUnit(query((CAT + " ").repeat(2_000)));
    }

    @Test
    void embed_relatedTexts_areNearerThanUnrelatedOnes() {
        float[] question = query("Where does the cat sleep?");

        assertThat(cosine(question, embedder().embedPassage(CAT).getFirst()))
                .isGreaterThan(cosine(
                        question,
                        embedder()
                                .embedPassage("Quarterly revenue grew faster than expected.")
                                .getFirst()));
    }

    @Test
    void embed_result_isTheCallersOwn() {
        float[] first = query(CAT);
        float[] copy = first.clone();
        Arrays.fill(first, 7);

        assertThat(query(CAT)).isEqualTo(copy);
    }

    @Test
    void embed_manyThreadsAtOnce_agreeWithOne() throws InterruptedException {
        List<String> texts = IntStream.range(0, 24)
                .mapToObj(i -> CAT + " " + "again ".repeat(i))
                .toList();
        var alone = texts.stream().map(embedder()::embedPassage).toList();

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = texts.stream()
                    .<Callable<List<float[]>>>map(text -> () -> embedder().embedPassage(text))
                    .toList();
            var together = executor.invokeAll(calls);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(together.get(i).resultNow().getFirst())
                        .isEqualTo(alone.get(i).getFirst());
            }
        }
    }

    private void isUnit(float[] vector) {
        assertThat(vector).hasSize(embedder().dimensions());
        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-3));
    }

    private float[] query(String text) {
        return Objects.requireNonNull(embedder().embedQuery(text));
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
