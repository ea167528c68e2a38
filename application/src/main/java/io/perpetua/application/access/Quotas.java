package io.perpetua.application.access;

import io.perpetua.application.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What has been used of limits. Driven port; safe for concurrent use, and exact under it, also between instances over one
 * store. Both methods throw {@link StoreUnavailable} when the store does not answer.
 *
 * <p>A time before a window's start falls into that window, so a clock that steps back earns nothing. One that is more than
 * a window's length before it takes the window along, what was used included: whoever set a clock right is not locked out
 * until the wrong time has come.
 */
public interface Quotas {

    /**
     * Takes {@code amount} from every meter or, where one of them has not that much left, from none.
     *
     * @param meters of one tenant, none of them twice
     * @param amount at least 1
     */
    Taking take(List<Meter> meters, long amount, Instant now);

    /**
     * Corrects what was taken, after it has become known how much was used: takes {@code amount} more from every meter,
     * even where nothing is left, which the windows to come pay back; or gives it back where it is negative. Nothing is
     * given back beyond a meter's limit.
     *
     * @param meters of one tenant, none of them twice
     */
    void correct(List<Meter> meters, long amount, Instant now);

    /** What came of it. */
    sealed interface Taking {

        /** Everything was taken: how each meter stands now, in the order in which they were given. */
        record Taken(List<Level> levels) implements Taking {}

        /**
         * Nothing was taken.
         *
         * @param by the meter that has not enough left; of several, the one that has last, and one that never has after
         *     all others
         * @param retryAfter after which it has, if nobody else uses any; a window's length where it never has, because more
         *     than its limit was asked for
         */
        record Refused(Level by, Duration retryAfter) implements Taking {}
    }

    /**
     * How a meter stands.
     *
     * @param left what may still be used in this window; negative where more was used than is allowed
     * @param reset how long until the window ends
     */
    record Level(Meter meter, long left, Duration reset) {}
}
