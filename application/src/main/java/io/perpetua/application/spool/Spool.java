package io.perpetua.application.spool;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.domain.conversation.ConversationKey;
import java.util.Collection;
import java.util.List;

/**
 * Appends that wait on the local disk for the store that all instances share, in the order in which they came. Driven port;
 * safe for concurrent use; every change is durable when its method returns. Throws {@link StoreUnavailable} where the disk
 * does not take it, and nothing has changed then.
 */
public interface Spool {

    /**
     * Adds an append behind all others.
     *
     * @param line where it stands among what is known here
     * @return its number, higher than any before
     * @throws StoreUnavailable full when there is no room for it
     */
    long add(Append append, Line line);

    /**
     * The oldest that wait after number {@code after}, ascending.
     *
     * @param limit most of them, from 1
     */
    List<Waiting> oldest(long after, int limit);

    /** Those that add to the conversation called {@code key}, ascending. */
    List<Waiting> of(ConversationKey key);

    /** Those that make a conversation which branches off the one called {@code key}, ascending. */
    List<Waiting> branchingOff(ConversationKey key);

    /** Whether anything waits that adds to the conversation; costs nothing. */
    boolean holds(ConversationKey key);

    /** Puts others in the place of those with the same numbers, all or none. Those that do not wait any more are left out. */
    void replace(List<Waiting> others);

    /** Removes those of the given numbers, in one step, and what they say from every file. */
    void remove(Collection<Long> numbers);

    /** How full it is; costs nothing. */
    Level level();

    /**
     * An append that waits.
     *
     * @param number from 1, rising, with gaps
     */
    record Waiting(long number, Append append, Line line) {

        Waiting with(Append other, Line otherLine) {
            return new Waiting(number, other, otherLine);
        }
    }

    /**
     * Where an append stands.
     *
     * @param first the number of its first turn, as far as it could be known; 0 for one that what came after it does not
     *     build upon
     * @param blind whether nothing was known of the conversation but its name, so that it may hold some of the turns
     */
    record Line(int first, boolean blind) {

        /** How many turns are known to come before it. */
        int before() {
            return blind ? 0 : Math.max(0, first - 1);
        }
    }

    /**
     * How full a spool is.
     *
     * @param appends how many wait
     * @param bytes what they take
     * @param most bytes that there is room for
     */
    record Level(int appends, long bytes, long most) {

        /** Whether hardly any more goes in. */
        public boolean full() {
            return bytes >= most - most / 64;
        }
    }
}
