package io.perpetua.adapters.redis;

import io.lettuce.core.ScriptOutputType;
import io.perpetua.application.access.Meter;
import io.perpetua.application.access.Quotas;
import io.perpetua.application.access.Quotas.Taking.Refused;
import io.perpetua.application.access.Quotas.Taking.Taken;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/*
 * A meter is when its window began and what is left of it; that expires when its window is over and nothing is owed. Which
 * time it is the caller says, as everywhere; how long a meter is kept is therefore told as a length, with a margin for
 * clocks that are apart.
 */
/**
 * What has been used of limits, in Redis: a tenant's meters are in one slot, and one script takes from all of them or from
 * none, in one round trip. No more is counted as owed than four quadrillions.
 */
@Singleton
@Shared
final class RedisQuotas implements Quotas {

    private static final Script METERS = Script.load("meters.lua");
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);
    private static final long MOST_AT_ONCE = 1_000_000_000_000_000L;

    private final Link link;

    RedisQuotas(Link link) {
        this.link = link;
    }

    /** A meter as the script leaves it. */
    private record Standing(Meter meter, long start, long left, long now) {

        Level level() {
            return new Level(meter, left, Micros.duration(start + length() - now));
        }

        boolean lacks(long amount) {
            return amount > left;
        }

        /** Whether no window has that much. */
        boolean never(long amount) {
            return amount > meter.most();
        }

        Duration retryAfter(long amount) {
            return never(amount)
                    ? meter.window().length()
                    : Micros.duration(start + Math.ceilDiv(amount - left, meter.most()) * length() - now);
        }

        private long length() {
            return Micros.of(meter.window().length());
        }
    }

    @Override
    public Taking take(List<Meter> meters, long amount, Instant now) {
        if (amount < 1) {
            throw new IllegalArgumentException("an amount of " + amount);
        }
        if (meters.isEmpty()) {
            return new Taken(List.of());
        }
        var answer = run(meters, Math.min(amount, MOST_AT_ONCE), "all", now);
        var standings = IntStream.range(0, meters.size())
                .mapToObj(
                        i -> new Standing(meters.get(i), answer.get(2 * i + 1), answer.get(2 * i + 2), Micros.of(now)))
                .toList();
        if (answer.getFirst() == 1) {
            return new Taken(standings.stream().map(Standing::level).toList());
        }
        return standings.stream()
                .filter(standing -> standing.lacks(amount))
                .max(Comparator.<Standing, Boolean>comparing(standing -> standing.never(amount))
                        .thenComparing(standing -> standing.retryAfter(amount)))
                .map(last -> new Refused(last.level(), last.retryAfter(amount)))
                .orElseThrow(() -> new IllegalStateException("refused by no meter"));
    }

    @Override
    public void correct(List<Meter> meters, long amount, Instant now) {
        if (amount != 0 && !meters.isEmpty()) {
            run(meters, Math.clamp(amount, -MOST_AT_ONCE, MOST_AT_ONCE), "any", now);
        }
    }

    private List<Long> run(List<Meter> meters, long amount, String how, Instant now) {
        byte[][] keys = meters.stream().map(RedisQuotas::key).toArray(byte[][]::new);
        var arguments = new ArrayList<byte[]>(List.of(
                Names.bytes(Micros.of(now)),
                Names.bytes(amount),
                Names.bytes(how),
                Names.bytes(CLOCKS_APART.toMillis())));
        for (Meter meter : meters) {
            arguments.add(Names.bytes(meter.most()));
            arguments.add(Names.bytes(Micros.of(meter.window().length())));
            arguments.add(Names.bytes(Micros.of(meter.window().start(now))));
        }
        return link.ask(
                commands -> Link.run(commands, METERS, ScriptOutputType.MULTI, keys, arguments.toArray(byte[][]::new)));
    }

    static byte[] key(Meter meter) {
        return Names.bytes("perpetua:{meters:" + Names.digest(meter.tenant()) + "}:" + Names.digest(meter.name()) + ":"
                + meter.most() + ":" + meter.window());
    }
}
