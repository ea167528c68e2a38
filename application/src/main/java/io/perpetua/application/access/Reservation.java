package io.perpetua.application.access;

/** What a call may use, until it is known what it used. Safe for concurrent use. */
public interface Reservation {

    /**
     * The call is over. Only the first word counts.
     *
     * @param tokens of prompt and answer that were used
     * @param dollars what they cost
     */
    void settle(long tokens, double dollars);
}
