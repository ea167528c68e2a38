package io.perpetua.application.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.RegionId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DecodedCacheTest {

    private static final Duration TTL = Duration.ofMinutes(10);

    private long now;
    private final DecodedCache cache = new DecodedCache(2, TTL, () -> now);

    private static DecodedCache.Key key(int page) {
        return new DecodedCache.Key(new Scope("t", "n"), new RegionId("d", page, 0), Fidelity.USUAL);
    }

    private void keep(int page) {
        cache.keep(key(page), new Decoded("text " + page, 1));
    }

    @Test
    void find_kept_isThereUntilItsTimeIsOver() {
        keep(1);
        now += TTL.toNanos() - 1;
        assertThat(cache.find(key(1))).isEqualTo(new Decoded("text 1", 1));
        now++;
        assertThat(cache.find(key(1))).isNull();
    }

    @Test
    void keep_tooMany_dropsTheOneThatWasUsedLeastRecently() {
        keep(1);
        keep(2);
        cache.find(key(1));
        keep(3);

        assertThat(cache.find(key(1))).isNotNull();
        assertThat(cache.find(key(2))).isNull();
        assertThat(cache.find(key(3))).isNotNull();
    }

    @Test
    void keep_tooMuchText_dropsTheOldest() {
        keep(1);
        cache.keep(key(2), new Decoded("x".repeat(16_380), 1));

        assertThat(cache.find(key(1))).isNull();
        assertThat(cache.find(key(2))).isNotNull();
        cache.keep(key(2), new Decoded("short", 1));
        keep(1);
        assertThat(cache.find(key(2))).as("the longer text counts no more").isNotNull();
    }

    @Test
    void keep_noRoomAtAll_keepsNothing() {
        var none = new DecodedCache(0, TTL, () -> now);
        none.keep(key(1), new Decoded("text", 1));

        assertThat(none.find(key(1))).isNull();
    }
}
