package io.perpetua.application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Use case: ask each thing that the server depends on whether it is there. What was answered holds for a moment, so that
 * nothing is asked more often, whoever wants to know. Safe for concurrent use.
 */
public final class Health {

    private final List<Probe> probes;
    private final LongSupplier nanos;
    private final Duration fresh;
    private @Nullable Answers last;

    private record Answers(List<Dependency> dependencies, long at) {}

    /**
     * Asks by {@code probes}.
     *
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     * @param fresh how long answers hold
     */
    public Health(List<Probe> probes, LongSupplier nanos, Duration fresh) {
        this.probes = List.copyOf(probes);
        this.nanos = nanos;
        this.fresh = fresh;
    }

    /**
     * How to ask one dependency.
     *
     * @param needed whether nothing works without it
     * @param question says what there is to say, or null; throws when the dependency is not there
     */
    public record Probe(String name, boolean needed, Supplier<@Nullable String> question) {}

    /** What one dependency answered. */
    public record Dependency(
            String name,
            boolean up,
            boolean needed,
            @Nullable String detail,
            long latencyMs) {}

    public synchronized List<Dependency> check() {
        long now = nanos.getAsLong();
        if (last == null || now - last.at >= fresh.toNanos()) {
            last = new Answers(ask(), now);
        }
        return last.dependencies;
    }

    private List<Dependency> ask() {
        var answers = new ArrayList<Dependency>(probes.size());
        for (Probe probe : probes) {
            answers.add(ask(probe));
        }
        return List.copyOf(answers);
    }

    @SuppressWarnings("IllegalCatch") // whatever a dependency throws, it is not there
    private Dependency ask(Probe probe) {
        long start = nanos.getAsLong();
        boolean up = true;
        String detail;
        try {
            detail = probe.question().get();
        } catch (RuntimeException e) {
            up = false;
            detail = e.getMessage();
        }
        long latency = Duration.ofNanos(nanos.getAsLong() - start).toMillis();
        return new Dependency(probe.name(), up, probe.needed(), detail, latency);
    }
}
