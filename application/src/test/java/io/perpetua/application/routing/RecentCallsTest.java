package io.perpetua.application.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.application.routing.RecentCalls.Summary;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.usage.Usage;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentCallsTest {

    private static final Rung MINI = new Rung("openai", "mini");
    private static final Rung FLASH = new Rung("gemini", "flash");

    private final RecentCalls recent = new RecentCalls();

    @Test
    void of_neverAsked_isNothing() {
        assertThat(recent.of(MINI)).isEqualTo(new Summary(0, Map.of(), 0, 0, 0));
    }

    @Test
    void of_calls_countsFailuresAndRanksAnswers() {
        for (int millis = 1; millis <= 20; millis++) {
            answered(MINI, millis, 0.5);
        }
        failed(MINI, Kind.TIMEOUT);
        failed(MINI, Kind.TIMEOUT);
        failed(MINI, Kind.RATE_LIMITED);
        failed(FLASH, Kind.TRUNCATED);

        assertThat(recent.of(MINI))
                .isEqualTo(new Summary(23, Map.of(Kind.TIMEOUT, 2, Kind.RATE_LIMITED, 1), 0, 10, 19));
    }

    @Test
    void of_answersWithoutAPrice_countsThem() {
        answered(MINI, 1, null);
        answered(MINI, 1, 0.0);
        failed(MINI, Kind.TIMEOUT);
        assertThat(recent.of(MINI).priceMissing()).isEqualTo(1);
    }

    @Test
    void of_manyCalls_isTheLatestHundred() {
        failed(MINI, Kind.TIMEOUT);
        for (int i = 0; i < 100; i++) {
            answered(MINI, 7, 0.5);
        }
        assertThat(recent.of(MINI)).isEqualTo(new Summary(100, Map.of(), 0, 7, 7));
    }

    @Test
    void of_manyRungs_forgetsTheOneUsedLeastRecently() {
        answered(MINI, 1, 0.5);
        answered(FLASH, 1, 0.5);
        for (int i = 0; i < 999; i++) {
            answered(new Rung("p", "m" + i), 1, 0.5);
            answered(FLASH, 1, 0.5);
        }
        assertThat(recent.of(MINI).calls()).isZero();
        assertThat(recent.of(FLASH).calls()).isEqualTo(100);
    }

    private void answered(Rung rung, int millis, @Nullable Double dollars) {
        recent.over(new ProviderCall(
                Intent.QA_RETRIEVAL, rung, null, Duration.ofMillis(millis), Usage.estimated(1, 1), dollars));
    }

    private void failed(Rung rung, Kind kind) {
        recent.over(new ProviderCall(Intent.QA_RETRIEVAL, rung, kind, Duration.ofMillis(99), null, null));
    }
}
