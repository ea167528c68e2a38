package io.perpetua.adapters.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A counter for each value of an enum, all of them there from the start. Safe for concurrent use. */
final class ByOutcome<E extends Enum<E>> {

    private final Map<E, Counter> counters;

    ByOutcome(Class<E> values, Function<E, Counter> make) {
        counters = new EnumMap<>(values);
        for (E value : values.getEnumConstants()) {
            counters.put(value, make.apply(value));
        }
    }

    void count(E value) {
        Objects.requireNonNull(counters.get(value)).increment();
    }
}
