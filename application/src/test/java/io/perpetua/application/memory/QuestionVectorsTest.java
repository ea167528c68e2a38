package io.perpetua.application.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class QuestionVectorsTest {

    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofNanos(1);

    private final FakeEmbedder embedder = new FakeEmbedder();
    private final List<Runnable> late = new ArrayList<>();
    private final Executor never = late::add;

    @Test
    void of_withoutDeadline_isTheEmbeddersVector() {
        assertThat(new QuestionVectors(embedder).of("tea")).isEqualTo(embedder.embedQuery("tea"));
    }

    @Test
    void of_withinTheDeadline_isTheEmbeddersVector() {
        var questions = new QuestionVectors(embedder, LONG, Thread.ofVirtual()::start);

        assertThat(questions.of("tea")).isEqualTo(embedder.embedQuery("tea"));
        assertThat(questions.of(" ")).isNull();
    }

    @Test
    void of_tooLate_givesUpAndLetsTheCallEnd() {
        var questions = new QuestionVectors(embedder, SHORT, never);

        assertThatThrownBy(() -> questions.of("tea")).isInstanceOf(EmbedderUnavailable.class);

        assertThat(late).hasSize(1);
        late.getFirst().run();
    }

    @Test
    void of_embedderAway_isUnavailable() {
        embedder.goAway();

        assertThatThrownBy(() -> new QuestionVectors(embedder, LONG, Runnable::run).of("tea"))
                .isInstanceOf(EmbedderUnavailable.class);
        assertThatThrownBy(() -> new QuestionVectors(embedder).of("tea")).isInstanceOf(EmbedderUnavailable.class);
    }

    @Test
    void of_whenManyWaitAlready_isNotEvenTried_untilSomeHaveEnded() {
        var questions = new QuestionVectors(embedder, SHORT, never);
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> questions.of("tea")).isInstanceOf(EmbedderUnavailable.class);
        }
        int tried = late.size();
        assertThat(tried).isBetween(1, 99);

        late.getFirst().run();
        assertThatThrownBy(() -> questions.of("tea")).isInstanceOf(EmbedderUnavailable.class);

        assertThat(late).hasSize(tried + 1);
    }

    @Test
    void deadlineOfNothing_isRefused() {
        assertThatThrownBy(() -> new QuestionVectors(embedder, Duration.ZERO, never))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
