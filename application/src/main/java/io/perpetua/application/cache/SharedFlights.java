package io.perpetua.application.cache;

import io.perpetua.application.Pause;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.Waiting;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.HoldLeases.Lease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/*
 * Who leads among an instance's own takes the lease of what is asked before it looks for the answer, and gives it up after
 * it has kept one: so whoever gets the lease finds the answer, if there is one. Who does not get it looks again and again
 * until there is an answer or the lease is free. If it is free without an answer, what the other got is nobody else's, or
 * it has failed: then everyone who waited asks at once, without a lease, or they would wait for each other in turn.
 */
/** Has one of the instances that share a store ask for what is asked at several at the same time. Safe for concurrent use. */
final class SharedFlights {

    /** How long is waited for another instance between two looks. */
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final AnswerCache cache;
    private final HoldLeases leases;
    private final InstantSource clock;
    private final Pause pause;
    private final int mostLooks;

    /**
     * Looks into {@code cache}.
     *
     * @param pause lets time pass between two looks
     * @param patience how long another instance is waited for
     */
    SharedFlights(AnswerCache cache, HoldLeases leases, InstantSource clock, Pause pause, Duration patience) {
        this.cache = cache;
        this.leases = leases;
        this.clock = clock;
        this.pause = pause;
        mostLooks = (int) (patience.toMillis() / BETWEEN_LOOKS.toMillis());
    }

    /**
     * What came of looking.
     *
     * @param answer null when somebody has to be asked
     * @param lease to be closed when the answer has been kept, or will not be; null when no other instance waits
     * @param degraded whether the store was away, so that there may be an answer after all
     */
    record Look(@Nullable CachedAnswer answer, @Nullable Lease lease, boolean degraded) {}

    /**
     * Looks for the answer, while another instance gets it.
     *
     * @throws CancellationException when the client leaves while it waits
     */
    Look look(CacheKey key, Waiting waiting) {
        for (int look = 0; ; look++) {
            var seen = once(key);
            if (seen.answer != null || seen.degraded) {
                return seen;
            }
            if (seen.lease != null && look > 0) {
                seen.lease.close();
            }
            if (seen.lease != null || look == mostLooks) {
                return look == 0 ? seen : new Look(null, null, false);
            }
            waiting.until(this::paused);
        }
    }

    /** The lease comes first: an answer that is kept between the two is found. */
    private Look once(CacheKey key) {
        Lease lease = null;
        boolean handedOn = false;
        try {
            lease = leases.take("flight:" + key.hex());
            var found = cache.find(key, clock.instant());
            handedOn = found == null;
            return new Look(found, handedOn ? lease : null, false);
        } catch (StoreUnavailable e) {
            return new Look(null, null, true);
        } finally {
            if (lease != null && !handedOn) {
                lease.close();
            }
        }
    }

    private boolean paused() {
        try {
            pause.of(BETWEEN_LOOKS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for an identical request");
        }
    }
}
