package io.perpetua.application.access;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.access.Budget;
import java.time.Instant;

/**
 * What has been spent of budgets, in billionths of a dollar. What a call may cost at most is reserved before it and
 * replaced by what it did cost after it, so that no number of calls at once can spend more than there is. A reservation
 * that nobody settled, because the process died, counts as spent: what the provider bills is not known. Driven port; safe
 * for concurrent use, and exact under it, also between instances over one store. Every method throws
 * {@link StoreUnavailable} when the store does not answer.
 */
public interface Spending {

    /**
     * Reserves {@code amount} for one call, if the budget of the period that {@code now} lies in has that much left.
     *
     * @param id of the reservation, never used before; asked again while it is reserved, it is reserved once
     * @param account whose budget it is: the id of a key
     * @param amount in billionths of a dollar, not negative
     * @return whether it was reserved
     */
    boolean reserve(String id, String account, Budget budget, long amount, Instant now);

    /**
     * Replaces what was reserved by what was spent, in the period of the reservation. Settling again, or what was never
     * reserved, does nothing; nor may settling what was reserved more than a day ago, which then stays spent.
     *
     * @param account that it was reserved for
     * @param spent in billionths of a dollar, not negative; may be more than was reserved
     */
    void settle(String id, String account, long spent);

    /** What was spent and is reserved in the period that {@code now} lies in. */
    long spent(String account, Budget.Period period, Instant now);
}
