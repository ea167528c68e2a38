package io.perpetua.application.spool;

import io.perpetua.application.Availability;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts how often the shared store was done without. Safe for concurrent use. */
final class Outages implements Availability {

    private final SharedStore store;
    private final AtomicLong seen = new AtomicLong();

    Outages(SharedStore store) {
        this.store = store;
    }

    /** Something was done without the store. */
    void noted() {
        seen.incrementAndGet();
    }

    @Override
    public Watch watch() {
        long before = seen.get();
        return () -> store.away() || seen.get() != before ? List.of(store.name()) : List.of();
    }
}
