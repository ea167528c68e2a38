package io.perpetua.application.conversation;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import java.util.List;

/**
 * What the store has written and the index may not know yet. Entries come in the order of their writing and stay until
 * they are forgotten. Driven port; safe for concurrent use; throws {@link StoreUnavailable}.
 */
public interface Outbox {

    /**
     * The oldest entries after number {@code after}, ascending.
     *
     * @param limit most entries, from 1
     */
    List<Entry> pending(long after, int limit);

    /** Forgets the entries up to and including number {@code through}: the index holds them durably. */
    void forget(long through);

    /**
     * Turns up to a branch's last as every path through that branch has them: its own, and before its first those of the
     * branches it goes on from.
     *
     * @param first the first one's number, from 1
     * @param last the last one's number, at least {@code first}; what the branch does not reach is left out
     * @return ascending, without gaps; empty when there is no such branch
     */
    List<Turn> turns(Scope scope, String branch, int first, int last);

    /** How many entries wait. */
    long depth();

    /** Puts every turn of every conversation in again, for an index that is to be rebuilt. */
    void refill();

    /** Something that happened in the store. */
    sealed interface Entry {

        /** From 1, rising, with gaps. */
        long number();

        Scope scope();

        /** Unique within the scope. */
        String branch();

        /** A branch has grown; {@code turns} are those of the written ones that still exist. */
        record Written(long number, Scope scope, String branch, List<Turn> turns) implements Entry {}

        /** A branch's turns after number {@code after} are gone. */
        record Erased(long number, Scope scope, String branch, int after) implements Entry {}
    }
}
