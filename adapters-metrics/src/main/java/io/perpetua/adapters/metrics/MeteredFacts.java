package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.perpetua.application.facts.FactFigures;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The figures of the facts. */
@Singleton
final class MeteredFacts implements FactFigures {

    private static final String OUTCOME = "outcome";

    private final ByOutcome<Insert> inserts;
    private final Timer insertDuration;
    private final Counter duplicates;
    private final ByOutcome<Query> queries;
    private final Timer queryDuration;

    MeteredFacts(Meters meters) {
        inserts = meters.counter("facts.insert.requests", "Calls to tell a fact", OUTCOME, Insert.class, Insert::wire);
        insertDuration = meters.timer("facts.insert.duration", "What they took", Meters.SHORT);
        duplicates = meters.counter("facts.duplicates", "Facts told that were known");
        queries = meters.counter("facts.query.requests", "Calls to find facts", OUTCOME, Query.class, Query::wire);
        queryDuration = meters.timer("facts.query.duration", "What they took", Meters.SHORT);
    }

    @Override
    public void inserted(Insert outcome, Duration took) {
        inserts.count(outcome);
        insertDuration.record(took);
        if (outcome.isDuplicate()) {
            duplicates.increment();
        }
    }

    @Override
    public void queried(Query outcome, Duration took) {
        queries.count(outcome);
        queryDuration.record(took);
    }
}
