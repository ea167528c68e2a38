package io.perpetua.adapters.sqlite;

import io.perpetua.application.lease.Leases;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Leases among the threads of this process, which is the only one over an embedded store. They outlive nothing. */
@Singleton
@Embedded
final class ProcessLeases implements Leases {

    private final ConcurrentHashMap<String, Held> all = new ConcurrentHashMap<>();

    /**
     * A lease.
     *
     * @param until by the clock for durations, in nanoseconds
     */
    private record Held(String holder, long until) {

        static Held until(String holder, Duration length) {
            return new Held(holder, System.nanoTime() + length.toNanos());
        }

        boolean isOf(String someone) {
            return holder.equals(someone) && System.nanoTime() - until < 0;
        }

        boolean isOver() {
            return System.nanoTime() - until >= 0;
        }
    }

    @Override
    public boolean take(String what, String holder, Duration length) {
        var held = all.compute(
                what,
                (_, before) ->
                        before == null || before.isOver() || before.isOf(holder) ? Held.until(holder, length) : before);
        return held.holder.equals(holder);
    }

    @Override
    public Set<String> renew(Set<String> whats, String holder, Duration length) {
        return whats.stream().filter(what -> !renewed(what, holder, length)).collect(Collectors.toSet());
    }

    private boolean renewed(String what, String holder, Duration length) {
        var held = all.computeIfPresent(what, (_, before) -> before.isOf(holder) ? Held.until(holder, length) : before);
        return held != null && held.isOf(holder);
    }

    @Override
    public void release(String what, String holder) {
        all.computeIfPresent(what, (_, held) -> held.isOf(holder) ? null : held);
    }
}
