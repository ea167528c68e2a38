package io.perpetua.application.transfer;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Standings;
import java.time.Instant;
import java.util.List;

/**
 * What a store has counted and learnt, to be read and to be added to. Driven port; safe for concurrent use; durable; every
 * method throws {@link StoreUnavailable} when the store does not answer.
 */
public interface Tallies {

    /** All that has been spent of budgets, by account, period and start, ascending; reservations count as spent. */
    List<Spent> spent();

    /** Adds what was spent where nothing was yet. */
    Outcome add(Spent spent);

    /** Adds what was learnt of an intent's rungs where nothing was yet. */
    Outcome add(Intent intent, Standings standings);

    /**
     * What was spent of a budget in one period.
     *
     * @param account whose budget it is: the id of a key
     * @param start when the period began
     * @param nanodollars in billionths of a dollar, not negative
     */
    record Spent(String account, Budget.Period period, Instant start, long nanodollars) {}

    /** What came of adding. */
    enum Outcome {
        ADDED,
        /** The same was there. */
        THERE,
        /** Something else was there, and still is. */
        CONFLICT
    }
}
