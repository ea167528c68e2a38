package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GaugeTest {

    private final Gauge gauge = new Gauge();

    @Test
    void most_callsThatComeAndGo_isWhatWasThereAtOnce() {
        gauge.enter("a");
        gauge.enter("a");
        gauge.leave("a", 10);
        gauge.enter("a");
        gauge.enter("b");
        assertThat(gauge.most()).isEqualTo(3);
        assertThat(gauge.mostOfOne()).isEqualTo(2);
        assertThat(gauge.busyNanos()).isEqualTo(10);
    }

    @Test
    void reset_ongoingCalls_stillCount() {
        gauge.enter("a");
        gauge.enter("a");
        gauge.enter("b");
        gauge.leave("a", 10);
        gauge.reset();
        assertThat(gauge.most()).isEqualTo(2);
        assertThat(gauge.mostOfOne()).isEqualTo(1);
        assertThat(gauge.busyNanos()).isZero();
        gauge.leave("b", 5);
        gauge.enter("a");
        assertThat(gauge.most()).isEqualTo(2);
        assertThat(gauge.mostOfOne()).isEqualTo(2);
    }
}
