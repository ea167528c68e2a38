package io.perpetua.domain.journal;

import io.perpetua.domain.journal.Figures.OfProvider;
import io.perpetua.domain.journal.JournalRow.Asked;
import io.perpetua.domain.routing.Intent;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds up rows of the journal, in any order. Not safe for concurrent use. */
public final class Tally {

    private static final String OK = "ok";
    private static final String UNKNOWN = "unknown";
    private static final int HALF = 50;
    private static final int NINETEEN_OF_TWENTY = 95;

    private long turns;
    private long answered;
    private long unpriced;
    private long cacheHits;
    private long fallbacks;
    private long failed;
    private long savedTokens;
    private double costUsd;
    private double savedUsd;
    private final Samples totals = new Samples();
    private final Map<Intent, Long> intents = new EnumMap<>(Intent.class);
    private final Map<String, Provider> providers = new HashMap<>();
    private final Map<String, Double> costByTenant = new HashMap<>();
    private final Map<String, Long> fallbackReasons = new HashMap<>();
    private final Map<String, Long> errors = new HashMap<>();

    private static final class Provider {
        private long answered;
        private long failures;
        private double costUsd;
        private final Samples latencies = new Samples();
    }

    /** Adds one row. */
    public void add(JournalRow row) {
        turns++;
        intents.merge(row.intent(), 1L, Long::sum);
        row.attempts().forEach(this::asked);
        if (row.ending() == Ending.ANSWERED) {
            answered(row);
        } else if (row.ending().isError()) {
            failed++;
            errors.merge(row.error() == null ? UNKNOWN : row.error(), 1L, Long::sum);
        }
    }

    private void asked(Asked asked) {
        var provider = providers.computeIfAbsent(asked.provider(), name -> new Provider());
        if (asked.outcome().equals(OK)) {
            provider.latencies.add(asked.latencyMs());
        } else if (asked.failed()) {
            provider.failures++;
        }
    }

    private void answered(JournalRow row) {
        answered++;
        totals.add(row.latencies().total());
        cacheHits += row.cacheHit() ? 1 : 0;
        savedTokens += row.tokens().saved();
        savedUsd += row.savedUsd() == null ? 0 : row.savedUsd();
        if (row.costUsd() == null) {
            unpriced++;
        } else {
            costUsd += row.costUsd();
            costByTenant.merge(row.tenant(), row.costUsd(), Double::sum);
        }
        if (row.fallback()) {
            fallbacks++;
            row.attempts().stream()
                    .map(Asked::outcome)
                    .filter(outcome -> !outcome.equals(OK))
                    .forEach(outcome -> fallbackReasons.merge(outcome, 1L, Long::sum));
        }
        if (row.provider() != null && !row.cacheHit()) {
            var provider = providers.computeIfAbsent(row.provider(), name -> new Provider());
            provider.answered++;
            provider.costUsd += row.costUsd() == null ? 0 : row.costUsd();
        }
    }

    /** What has been added so far. */
    public Figures figures() {
        return new Figures(
                turns,
                answered,
                intents,
                quantile(totals, HALF),
                quantile(totals, NINETEEN_OF_TWENTY),
                providers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> figures(each.getValue()))),
                costUsd,
                unpriced,
                costByTenant,
                share(cacheHits, answered),
                share(fallbacks, answered),
                fallbackReasons,
                share(failed, turns),
                errors,
                savedTokens,
                savedUsd);
    }

    private static OfProvider figures(Provider provider) {
        return new OfProvider(
                provider.answered,
                provider.failures,
                quantile(provider.latencies, NINETEEN_OF_TWENTY),
                provider.costUsd);
    }

    private static @Nullable Long quantile(Samples samples, int percent) {
        return samples.isEmpty() ? null : samples.quantile(percent);
    }

    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }
}
