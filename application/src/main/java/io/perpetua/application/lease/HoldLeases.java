package io.perpetua.application.lease;

import io.perpetua.application.StoreUnavailable;
import java.time.Duration;
import java.util.Set;
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
    private final Set<String> held = ConcurrentHashMap.newKeySet();

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
        if (!leases.take(what, holder, length)) {
            return null;
        }
        held.add(what);
        return () -> {
            held.remove(what);
            leases.release(what, holder);
        };
    }

    /**
     * Renews all that this instance holds; what it has lost meanwhile it holds no longer.
     *
     * @throws StoreUnavailable when nobody can say
     */
    public void renew() {
        var now = Set.copyOf(held);
        if (!now.isEmpty()) {
            held.removeAll(leases.renew(now, holder, length));
        }
    }
}
