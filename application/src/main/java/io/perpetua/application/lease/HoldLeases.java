package io.perpetua.application.lease;

import io.perpetua.application.StoreUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Use case: do what only one instance at a time does, for as long as it takes. Safe for concurrent use. Among the threads
 * of one instance it keeps nobody apart.
 */
public final class HoldLeases {

    private final Leases leases;
    private final String holder;
    private final Duration length;

    /** What is held, and of each the taking that it is held by: what was taken anew meanwhile is not the same. */
    private final Map<String, Object> held = new ConcurrentHashMap<>();

    /**
     * Holds {@code leases}.
     *
     * @param holder this instance's name, unlike all others'
     * @param length how long others wait when this instance dies; a few times as long as it takes until {@link #renew} is
     *     called again
     */
    public HoldLeases(Leases leases, String holder, Duration length) {
        this.leases = leases;
        this.holder = holder;
        this.length = length;
    }

    /** What this instance may do until it is closed. Closing waits for nobody and never fails. */
    public interface Lease extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Takes {@code what}.
     *
     * @return null while another instance has it
     * @throws StoreUnavailable when nobody can say
     */
    public @Nullable Lease take(String what) {
        if (!taken(what)) {
            return null;
        }
        var taking = new Object();
        held.put(what, taking);
        return () -> {
            if (held.remove(what, taking)) {
                leases.release(what, holder);
            }
        };
    }

    private boolean taken(String what) {
        try {
            return leases.take(what, holder, length);
        } catch (StoreUnavailable e) {
            if (!held.containsKey(what)) {
                leases.release(what, holder); // it may have been taken, and nobody would give it up
            }
            throw e;
        }
    }

    /**
     * Renews all that this instance holds; what it has lost meanwhile it holds no longer.
     *
     * @throws StoreUnavailable when nobody can say
     */
    public void renew() {
        var now = Map.copyOf(held);
        if (!now.isEmpty()) {
            var lost = leases.renew(now.keySet(), holder, length);
            now.forEach((what, taking) -> {
                if (lost.contains(what)) {
                    held.remove(what, taking);
                }
            });
        }
    }
}
