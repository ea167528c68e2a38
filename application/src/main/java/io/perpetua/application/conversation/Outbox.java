package io.perpetua.application.conversation;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import java.util.List;

/**
 * What the store has written and the index may not know yet. Entries stay until they are forgotten. Where several servers
 * share a store each is given its share: what it wrote itself, and what is left by those that have died. An entry may be
 * given twice, also to two servers one after the other. Driven port; safe for concurrent use; throws
 * {@link StoreUnavailable}.
 */
public interface Outbox {

    /**
     * The oldest entries of this server's share after number {@code after}, ascending; none only if there are none.
     *
     * @param limit most entries, from 1; there may be fewer where they are large
     */
    List<Entry> pending(long after, int limit);

    /** Forgets this server's entries up to and including number {@code through}: the index holds them durably. */
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

    /** How many entries wait, those of all servers together. */
    long depth();

    /** Puts every turn of every conversation in again, for an index that is to be rebuilt. */
    void refill();

    /** Something that happened in the store. */
    sealed interface Entry {

        /** From 1, rising in the order in which this server comes to know of entries, with gaps. */
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
