package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.perpetua.application.chat.TurnReport.Attempt;
import io.perpetua.application.resilience.Circuits.State;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The figures of providers, of which those that are configured are the labels. Of a rung that was not asked, for its circuit
 * did not allow it, nothing is counted.
 */
@Singleton
final class MeteredProviders {

    private static final String PROVIDER = "provider";

    private static final Set<String> NO_ERRORS = Set.of(Attempt.OK, Attempt.CANCELLED);
    private static final Set<String> NOT_ASKED =
            Arrays.stream(State.values()).map(State::wire).collect(Collectors.toUnmodifiableSet());

    private final Meters meters;
    private final Map<String, OfProvider> providers = new ConcurrentHashMap<>();
    private final Counter fallbacks;

    private record OfProvider(Counter requests, Counter errors, Counter retries, Timer duration) {}

    MeteredProviders(Meters meters) {
        this.meters = meters;
        fallbacks = meters.counter("provider.fallbacks", "Answers of someone other than the first in line");
    }

    /** A turn has asked these, in this order. */
    void attempted(List<Attempt> attempts, boolean fallback) {
        if (fallback) {
            fallbacks.increment();
        }
        var asked = new HashSet<String>();
        for (Attempt attempt : attempts) {
            if (!NOT_ASKED.contains(attempt.outcome())) {
                var of = providers.computeIfAbsent(attempt.provider(), this::provider);
                of.requests.increment();
                of.duration.record(Duration.ofMillis(attempt.latencyMs()));
                if (!NO_ERRORS.contains(attempt.outcome())) {
                    of.errors.increment();
                }
                if (!asked.add(attempt.provider() + "/" + attempt.model())) {
                    of.retries.increment();
                }
            }
        }
    }

    private OfProvider provider(String name) {
        return new OfProvider(
                counter("provider.requests", "Calls to providers", name),
                counter("provider.errors", "Those that came to nothing", name),
                counter("provider.retries", "Those that asked the same model again for the same turn", name),
                Timer.builder("provider.duration")
                        .description("What calls to providers took")
                        .tag(PROVIDER, name)
                        .serviceLevelObjectives(Meters.LONG)
                        .register(meters.registry()));
    }

    private Counter counter(String meter, String meaning, String name) {
        return Counter.builder(meter).description(meaning).tag(PROVIDER, name).register(meters.registry());
    }
}
