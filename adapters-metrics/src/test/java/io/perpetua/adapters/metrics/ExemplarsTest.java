package io.perpetua.adapters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.metrics.Exposition.Format;
import io.perpetua.application.tracing.Tracing;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Figures name the traces that they are from, where they have a place for it. */
class ExemplarsTest {

    private static final Tracing.Place PLACE =
            new Tracing.Place("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");

    @Test
    void histogram_ofFollowedWork_namesItsTraceInOpenMetrics() {
        var meters = new Meters(new At(PLACE));
        meters.timer("some.duration", "Some", Meters.SHORT).record(Duration.ofMillis(3));

        assertThat(meters.text(Format.OPEN_METRICS.contentType()).lines())
                .anyMatch(line -> line.startsWith("some_duration_seconds_bucket{le=\"0.005\"} 1")
                        && line.contains("# {span_id=\"" + PLACE.span() + "\",trace_id=\"" + PLACE.trace() + "\"}"))
                .last()
                .isEqualTo("# EOF");
        assertThat(meters.text(Format.PROMETHEUS.contentType())).doesNotContain(PLACE.trace());
    }

    @Test
    void histogram_ofWorkThatNobodyFollows_namesNothing() {
        var meters = new Meters(new At(null));
        meters.timer("some.duration", "Some", Meters.SHORT).record(Duration.ofMillis(3));

        assertThat(meters.text(Format.OPEN_METRICS.contentType()))
                .contains("some_duration_seconds_bucket{le=\"0.005\"} 1")
                .doesNotContain("trace_id");
    }

    /** Every thread is at the same place. */
    private record At(@Nullable Place current) implements Tracing {

        @Override
        public Followed begin(String method, String route, Function<String, @Nullable String> headers) {
            return NONE.begin(method, route, headers);
        }

        @Override
        public <T> T step(Step step, Supplier<T> work) {
            return work.get();
        }
    }
}
