package io.perpetua.adapters.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Whole microseconds, of instants since 1970: exact as numbers of Lua, which are doubles, until the year 2255. */
final class Micros {

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    Micros(InstantSource clock) {
        this.clock = clock;
    }

    /** What the time is, but later than it ever was. Safe for concurrent use. */
    long next() {
        long now = of(clock.instant());
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    static long of(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static long of(Duration length) {
        return length.toNanos() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
