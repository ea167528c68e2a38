package io.perpetua.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.Health.Dependency;
import io.perpetua.application.Health.Probe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void check_everyDependency_saysWhetherItIsThere() {
        var nanos = new AtomicLong();
        var health = new Health(
                List.of(new Probe("store", true, () -> "fine"), new Probe("embedder", false, () -> {
                    throw new IllegalStateException("no model");
                })),
                () -> nanos.getAndAdd(2_000_000),
                Duration.ZERO);

        assertThat(health.check())
                .containsExactly(
                        new Dependency("store", true, true, "fine", 2),
                        new Dependency("embedder", false, false, "no model", 2));
    }

    @Test
    void check_again_asksOnlyWhenTheAnswersAreOld() {
        var nanos = new AtomicLong();
        var asked = new AtomicInteger();
        var health = new Health(
                List.of(new Probe("store", true, () -> "asked " + asked.incrementAndGet())),
                nanos::get,
                Duration.ofSeconds(1));

        health.check();
        nanos.set(999_999_999);
        assertThat(health.check().getFirst().detail()).isEqualTo("asked 1");
        nanos.set(1_000_000_000);
        assertThat(health.check().getFirst().detail()).isEqualTo("asked 2");
    }
}
