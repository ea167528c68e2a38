package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.perpetua.application.vision.VisionListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The figures of documents. */
@Singleton
final class MeteredVision implements VisionListener {

    private static final String OUTCOME = "outcome";

    private final Map<Call, OfCall> calls = new EnumMap<>(Call.class);
    private final ByOutcome<Outcome> documents;
    private final Timer documentDuration;
    private final Counter hits;
    private final Counter misses;

    private record OfCall(ByOutcome<Outcome> requests, Timer duration, Counter errors) {}

    MeteredVision(Meters meters) {
        for (Call call : Call.values()) {
            String stem = "vision." + Meters.word(call);
            calls.put(
                    call,
                    new OfCall(
                            meters.counter(stem + ".requests", "Calls", OUTCOME, Outcome.class, Meters::word),
                            meters.timer(stem + ".duration", "What they took", Meters.SHORT),
                            meters.counter(stem + ".errors", "Those that were not answered as was asked")));
        }
        documents =
                meters.counter("vision.documents", "Documents that were indexed", OUTCOME, Outcome.class, Meters::word);
        documentDuration = meters.timer("vision.documents.duration", "From the request to the end", Meters.LONG);
        hits = meters.counter("vision.decode.cache.hits", "Regions whose text was at hand");
        misses = meters.counter("vision.decode.cache.misses", "Regions that had to be read");
    }

    @Override
    public void answered(Call call, Outcome outcome, Duration took) {
        var of = Objects.requireNonNull(calls.get(call));
        of.requests.count(outcome);
        of.duration.record(took);
        if (outcome != Outcome.OK) {
            of.errors.increment();
        }
    }

    @Override
    public void indexed(Outcome outcome, Duration took) {
        documents.count(outcome);
        documentDuration.record(took);
    }

    @Override
    public void decoded(boolean cached) {
        (cached ? hits : misses).increment();
    }
}
