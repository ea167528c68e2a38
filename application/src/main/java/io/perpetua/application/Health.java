package io.perpetua.application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Use case: ask each thing that the server depends on whether it is there. Safe for concurrent use. */
public final class Health {

    private final List<Probe> probes;
    private final LongSupplier nanos;

    /**
     * Asks by {@code probes}.
     *
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     */
    public Health(List<Probe> probes, LongSupplier nanos) {
        this.probes = List.copyOf(probes);
        this.nanos = nanos;
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

    public List<Dependency> check() {
        var answers = new ArrayList<Dependency>(probes.size());
        for (Probe probe : probes) {
            answers.add(ask(probe));
        }
        return answers;
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
