package io.perpetua.adapters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.vision.VisionListener.Call;
import io.perpetua.application.vision.VisionListener.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredVisionTest {

    private final Meters meters = new Meters();
    private final MeteredVision vision = new MeteredVision(meters);

    @Test
    void answered_eachOutcome_isCountedOnceWithItsDuration() {
        for (Outcome each : Outcome.values()) {
            vision.answered(Call.SEARCH, each, Duration.ofMillis(3));
        }

        assertThat(lines())
                .contains(
                        "vision_search_requests_total{outcome=\"ok\"} 1.0",
                        "vision_search_requests_total{outcome=\"limited\"} 1.0",
                        "vision_search_errors_total 5.0",
                        "vision_search_duration_seconds_count 6",
                        "vision_decode_requests_total{outcome=\"ok\"} 0.0",
                        "vision_index_errors_total 0.0",
                        "vision_index_duration_seconds_count 0");
    }

    @Test
    void indexedAndDecoded_areCounted() {
        vision.indexed(Outcome.OK, Duration.ofSeconds(45));
        vision.indexed(Outcome.REFUSED, Duration.ofSeconds(1));
        vision.decoded(true);
        vision.decoded(false);
        vision.decoded(false);

        assertThat(lines())
                .contains(
                        "vision_documents_total{outcome=\"ok\"} 1.0",
                        "vision_documents_total{outcome=\"refused\"} 1.0",
                        "vision_documents_duration_seconds_bucket{le=\"30.0\"} 1",
                        "vision_documents_duration_seconds_bucket{le=\"60.0\"} 2",
                        "vision_decode_cache_hits_total 1.0",
                        "vision_decode_cache_misses_total 2.0");
    }

    private List<String> lines() {
        return new PrometheusText(meters, List.of()).text().lines().toList();
    }
}
