package io.perpetua.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long MS = 1_000_000;

    private final Patience patience = new Patience(Duration.ofMillis(200));
    private long now = 5_000 * MS;

    @Test
    void left_afterUsualAnswers_isAll() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(left(20)).isEqualTo(200 * MS);
        }
    }

    @Test
    void left_afterSlowAnswers_isLessByWhatTheyTookLonger() {
        assertThat(left(100)).isEqualTo(125 * MS);
        assertThat(left(100)).isEqualTo(50 * MS);
        assertThat(left(100)).isNegative();
    }

    @Test
    void left_ofALane_isAllAgainAfterAWhile() {
        for (int i = 0; i < 10; i++) {
            assertThat(left(150)).isEqualTo(75 * MS);
            now += 1_001 * MS;
        }
    }

    @Test
    void left_ofATurn_staysAsItIs() throws InterruptedException {
        var left = new AtomicLong();
        Thread.ofVirtual()
                .start(() -> {
                    left(150);
                    now += 60_000 * MS;
                    left.set(patience.left(now));
                })
                .join();

        assertThat(left).hasValue(75 * MS);
        assertThat(patience.left(now)).as("another thread's").isEqualTo(200 * MS);
    }

    private long left(long waited) {
        patience.left(now);
        now += waited * MS;
        patience.waited(waited * MS);
        return patience.left(now);
    }
}
