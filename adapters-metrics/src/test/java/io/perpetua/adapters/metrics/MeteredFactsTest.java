package io.perpetua.adapters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.facts.FactFigures.Insert;
import io.perpetua.application.facts.FactFigures.Query;
import io.perpetua.application.metrics.Exposition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredFactsTest {

    private final Meters meters = new Meters();
    private final MeteredFacts facts = new MeteredFacts(meters);

    private List<String> lines() {
        return new PrometheusText(meters, List.of()).text().lines().toList();
    }

    @Test
    void text_fromTheStart_hasEveryFigureAtZero() {
        for (Insert each : Insert.values()) {
            assertThat(lines()).contains("facts_insert_requests_total{outcome=\"" + each.wire() + "\"} 0.0");
        }
        for (Query each : Query.values()) {
            assertThat(lines()).contains("facts_query_requests_total{outcome=\"" + each.wire() + "\"} 0.0");
        }
        assertThat(lines())
                .contains(
                        "facts_duplicates_total 0.0",
                        "facts_insert_duration_seconds_count 0",
                        "facts_query_duration_seconds_count 0",
                        "# TYPE facts_insert_duration_seconds histogram",
                        "# TYPE facts_insert_requests_total counter");
        assertThat(lines()).anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
        assertThat(Exposition.Format.PROMETHEUS.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void inserted_eachOutcome_isCountedOnceWithItsDuration() {
        for (Insert each : Insert.values()) {
            facts.inserted(each, Duration.ofMillis(3));
        }

        for (Insert each : Insert.values()) {
            assertThat(lines()).contains("facts_insert_requests_total{outcome=\"" + each.wire() + "\"} 1.0");
        }
        assertThat(lines())
                .contains(
                        "facts_duplicates_total 3.0",
                        "facts_insert_duration_seconds_count 10",
                        "facts_insert_duration_seconds_bucket{le=\"0.002\"} 0",
                        "facts_insert_duration_seconds_bucket{le=\"0.005\"} 10",
                        "facts_insert_duration_seconds_bucket{le=\"+Inf\"} 10");
    }

    @Test
    void queried_eachOutcome_isCountedOnceWithItsDuration() {
        for (Query each : Query.values()) {
            facts.queried(each, Duration.ofSeconds(20));
        }

        assertThat(lines())
                .contains(
                        "facts_query_requests_total{outcome=\"nothing\"} 1.0",
                        "facts_query_duration_seconds_bucket{le=\"10.0\"} 0",
                        "facts_query_duration_seconds_bucket{le=\"+Inf\"} 7");
    }
}
