package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.perpetua.application.tracing.Tracing;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where all meters are. Names are dotted here: {@code facts.insert.requests} becomes {@code facts_insert_requests_total},
 * a timer {@code …_seconds}. Every meter is there from the start, at zero, so that rates are right from the first event
 * on. Labels come from closed sets: enums that are handed in, never text. Safe for concurrent use.
 */
@Singleton
final class Meters {

    /** What calls to stores and memory take: from half a millisecond to ten seconds. */
    static final Duration[] SHORT = millis(0.5, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);

    /** What goes through pages or models takes: from a tenth of a second to ten minutes. */
    static final Duration[] LONG =
            millis(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000);

    /** Of contexts: from a greeting to the largest windows. */
    private static final double[] TOKENS = {
        100, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 1_000_000
    };

    private final PrometheusMeterRegistry registry;

    /** Meters of work that nobody follows. */
    Meters() {
        this(Tracing.NONE);
    }

    /** Meters whose histograms name the traces of what {@code tracing} follows. */
    @Inject
    Meters(Tracing tracing) {
        registry = new PrometheusMeterRegistry(
                PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new Exemplars(tracing));
        Stream.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics(), new UptimeMetrics())
                .forEach(each -> each.bindTo(registry));
    }

    private static Duration[] millis(double... millis) {
        Duration[] durations = new Duration[millis.length];
        for (int i = 0; i < millis.length; i++) {
            durations[i] = Duration.ofNanos((long) (millis[i] * 1_000_000));
        }
        return durations;
    }

    /** What a label calls a value that has no word of its own. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** For what counters and timers cannot say. */
    MeterRegistry registry() {
        return registry;
    }

    Counter counter(String name, String meaning) {
        return Counter.builder(name).description(meaning).register(registry);
    }

    /** A counter with one label for each value of an enum. */
    <E extends Enum<E>> ByOutcome<E> counter(
            String name, String meaning, String label, Class<E> values, Function<E, String> word) {
        return new ByOutcome<>(
                values,
                value -> Counter.builder(name)
                        .description(meaning)
                        .tag(label, word.apply(value))
                        .register(registry));
    }

    /** A histogram of durations in seconds. */
    Timer timer(String name, String meaning, Duration... buckets) {
        return Timer.builder(name)
                .description(meaning)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** A histogram of tokens. */
    DistributionSummary tokens(String name, String meaning) {
        return DistributionSummary.builder(name)
                .description(meaning)
                .serviceLevelObjectives(TOKENS)
                .register(registry);
    }

    /** All of them, in the format that {@code contentType} names. */
    String text(String contentType) {
        return registry.scrape(contentType);
    }

    @PreDestroy
    void close() {
        registry.close();
    }
}
