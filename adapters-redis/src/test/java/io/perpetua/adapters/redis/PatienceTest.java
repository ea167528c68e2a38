package io.perpetua.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long MS = 1_000_000;

    private final Patience patience = new Patience(Duration.ofMillis(200));
    private long now = 5_000 * MS;

    @Test
    void waited_usualAnswers_neverExhaustIt() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(patience.left(now)).isEqualTo(200 * MS);
            assertThat(lose(20)).isFalse();
        }
    }

    @Test
    void waited_slowAnswers_exhaustItTogether() {
        assertThat(lose(100)).isFalse();
        assertThat(patience.left(now)).isEqualTo(125 * MS);
        assertThat(lose(100)).isFalse();
        assertThat(lose(100)).isTrue();
    }

    @Test
    void waited_slowAnswersFarApart_areForgotten() {
        for (int i = 0; i < 10; i++) {
            assertThat(lose(150)).isFalse();
            now += 2_000 * MS;
        }
    }

    @Test
    void waited_onAnotherThread_isThatThreadsOwn() throws InterruptedException {
        var other = Thread.ofVirtual().start(() -> lose(400));
        other.join();

        assertThat(patience.left(now)).isEqualTo(200 * MS);
    }

    private boolean lose(long millis) {
        patience.left(now);
        now += millis * MS;
        return patience.waited(millis * MS);
    }
}
