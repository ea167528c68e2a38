package io.perpetua.adapters.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.access.LimitReached.Kind;
import io.perpetua.application.brief.BriefListener.Author;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeteredMemoryTest {

    private final Meters meters = new Meters();

    @Test
    void memory_whatItMakesIsCounted() {
        var memory = new MeteredMemory(meters);
        memory.kept(Author.FALLBACK);
        memory.assembled(Duration.ofMillis(3));

        assertThat(lines())
                .contains(
                        "token_budget_summarizations_total{author=\"fallback\"} 1.0",
                        "token_budget_summarizations_total{author=\"summarizer\"} 0.0",
                        "context_assembly_duration_seconds_bucket{le=\"0.002\"} 0",
                        "context_assembly_duration_seconds_bucket{le=\"0.005\"} 1",
                        "context_storage_total 0.0");
    }

    @Test
    void limits_areCountedByWhatTheySaid() {
        var limits = new MeteredLimits(meters);
        limits.allowed(Kind.TOKENS);
        limits.reached(Kind.BUDGET);
        limits.reached(Kind.BUDGET);

        assertThat(lines())
                .contains(
                        "rate_limit_allowed_total{kind=\"tokens\"} 1.0",
                        "rate_limit_allowed_total{kind=\"requests\"} 0.0",
                        "rate_limit_hits_total{kind=\"budget\"} 2.0",
                        "rate_limit_hits_total{kind=\"tokens\"} 0.0");
    }

    private List<String> lines() {
        return new PrometheusText(meters, List.of()).text().lines().toList();
    }
}
