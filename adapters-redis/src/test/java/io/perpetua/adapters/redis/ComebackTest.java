package io.perpetua.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComebackTest {

    private final Comeback comeback = new Comeback();
    private long now;

    @Test
    void answered_onceLost_isTrustedAfterOnePing() {
        comeback.lost(now);
        assertThat(pings()).isEqualTo(1);
    }

    @Test
    void answered_lostAgainAndAgain_takesTwiceAsManyEachTime() {
        comeback.answered(now);
        for (int needed : new int[] {2, 4, 8, 16, 32, 64, 64}) {
            later(Duration.ofSeconds(1));
            comeback.lost(now);
            assertThat(pings()).isEqualTo(needed);
        }
    }

    @Test
    void answered_lostLongAfterItCameBack_isTrustedAtOnceAgain() {
        comeback.answered(now);
        comeback.lost(now);
        pings();
        later(Duration.ofSeconds(11));
        comeback.lost(now);

        assertThat(pings()).isEqualTo(1);
    }

    private int pings() {
        int pings = 1;
        while (!comeback.answered(now)) {
            pings++;
        }
        return pings;
    }

    private void later(Duration time) {
        now += time.toNanos();
    }
}
