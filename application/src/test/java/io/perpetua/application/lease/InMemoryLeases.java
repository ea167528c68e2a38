package io.perpetua.application.lease;

import io.perpetua.application.StoreUnavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** A fake store kept honest by the contract, which can be away. Safe for concurrent use. */
public final class InMemoryLeases implements Leases {

    private record Held(String holder, long until) {}

    private final Map<String, Held> all = new HashMap<>();
    private final LongSupplier nanos;
    private boolean away;

    public InMemoryLeases(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** From now on it does not answer, or it does again. */
    public synchronized void away(boolean is) {
        away = is;
    }

    @Override
    public synchronized boolean take(String what, String holder, Duration length) {
        requireThere();
        var held = all.get(what);
        if (held != null && held.until > nanos.getAsLong() && !held.holder.equals(holder)) {
            return false;
        }
        all.put(what, new Held(holder, nanos.getAsLong() + length.toNanos()));
        return true;
    }

    @Override
    public synchronized Set<String> renew(Set<String> whats, String holder, Duration length) {
        requireThere();
        return whats.stream()
                .filter(what -> !has(what, holder) || !take(what, holder, length))
                .collect(Collectors.toSet());
    }

    private boolean has(String what, String holder) {
        var held = all.get(what);
        return held != null && held.until > nanos.getAsLong() && held.holder.equals(holder);
    }

    @Override
    public synchronized void release(String what, String holder) {
        if (!away && has(what, holder)) {
            all.remove(what);
        }
    }

    private void requireThere() {
        if (away) {
            throw new StoreUnavailable("away", new IllegalStateException());
        }
    }
}
