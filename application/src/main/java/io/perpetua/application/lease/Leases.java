package io.perpetua.application.lease;

import io.perpetua.application.StoreUnavailable;
import java.time.Duration;
import java.util.Set;

/**
 * Who may do what only one at a time may do, for a while. A lease that is not renewed ends by itself, so that one who dies
 * keeps nobody waiting; one whose clock stood still may believe to hold what is another's, so what is done under a lease
 * must do no harm when two do it. Driven port; safe for concurrent use; throws {@link StoreUnavailable} where it says so.
 */
public interface Leases {

    /**
     * Takes {@code what}, or renews it where {@code holder} has it.
     *
     * @param holder who takes it, unlike all others
     * @param length from now on, positive, to the millisecond
     * @return whether {@code holder} has it now: false while somebody else does
     * @throws StoreUnavailable when nobody can say
     */
    boolean take(String what, String holder, Duration length);

    /**
     * Renews what {@code holder} has, at once.
     *
     * @return those that it has no longer, which are not taken again
     * @throws StoreUnavailable when nobody can say
     */
    Set<String> renew(Set<String> whats, String holder, Duration length);

    /** Gives up {@code what}, if {@code holder} has it. Waits for nobody and never fails: otherwise the lease ends by itself. */
    void release(String what, String holder);
}
