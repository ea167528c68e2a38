package io.perpetua.application.transfer;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.transfer.Tallies.Outcome;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;

/**
 * All facts of a store, to be read and to be added to. Driven port; safe for concurrent use, also beside servers over the
 * same store; durable; every method throws {@link StoreUnavailable} when the store does not answer.
 */
public interface FactArchive {

    /** Gives every fact that is there from the beginning to the end, in an order of the store's own. */
    void each(Sink sink);

    /** Adds a fact to the letter, with what it superseded and what superseded it, where there is none of its id or triple. */
    Outcome add(Scope scope, Fact fact);

    /** Takes facts in. */
    interface Sink {
        void put(Scope scope, Fact fact);
    }
}
