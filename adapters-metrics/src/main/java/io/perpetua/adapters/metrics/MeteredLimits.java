package io.perpetua.adapters.metrics;

import io.perpetua.application.access.LimitListener;
import io.perpetua.application.access.LimitReached.Kind;
import jakarta.inject.Singleton;

/** The figures of limits and budgets. */
@Singleton
final class MeteredLimits implements LimitListener {

    private static final String KIND = "kind";

    private final ByOutcome<Kind> allowed;
    private final ByOutcome<Kind> hits;

    MeteredLimits(Meters meters) {
        allowed = meters.counter(
                "rate.limit.allowed", "Questions to limits that were allowed", KIND, Kind.class, Meters::word);
        hits = meters.counter(
                "rate.limit.hits", "Questions to limits that were refused", KIND, Kind.class, Meters::word);
    }

    @Override
    public void allowed(Kind kind) {
        allowed.count(kind);
    }

    @Override
    public void reached(Kind kind) {
        hits.count(kind);
    }
}
