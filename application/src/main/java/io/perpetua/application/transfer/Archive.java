package io.perpetua.application.transfer;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All conversations of a store, family by family, to be read and to be added to. Driven port; safe for concurrent use, also
 * beside servers over the same store; durable; every method throws {@link StoreUnavailable} when the store does not answer.
 *
 * <p>A family are the conversations that share turns: one that was there first, its forks and theirs. Turns belong to
 * branches, which are added before the conversations whose paths lead through them; nobody sees them until then.
 */
public interface Archive {

    /** How much there is. Counting may take seconds. */
    Size size();

    /**
     * The family after another, in an order of the store's own in which each is met at least once; null after the last.
     *
     * @param place of the family before, null for the first
     */
    @Nullable
    Family familyAfter(@Nullable String place);

    /**
     * Turns of a branch that some conversation has on its path.
     *
     * @param after the number of the turn before them
     * @param limit most turns, from 1; fewer, but at least one, where they are long
     * @return ascending, without gaps; empty after the last
     */
    List<ArchivedTurn> turns(Scope scope, String branch, int after, int limit);

    /**
     * Adds parts, in order, each whole or, where it conflicts with what is there, not at all. What is there already, to the
     * letter, is left as it is. With a conversation the index is owed its turns, and histories are recognised; it is found
     * by its name at once, and listed in its place from {@link #grew} on.
     *
     * @return what came of each part
     * @throws IllegalArgumentException when a conversation lacks turns; nothing of that part is added
     */
    List<Added> add(List<Part> parts);

    /** Erases turns that were added to these branches and that no conversation has on its path. */
    void discard(Scope scope, List<String> branches);

    /**
     * The names of conversations: those of one scope one after the other, the one that grew longest ago first.
     *
     * @param cursor where the page before ended, null for the first page
     * @param limit most names on the page, from 1
     */
    Page grown(@Nullable String cursor, int limit);

    /**
     * Gives conversations that were added their places in the order of growth: in the order in which they are named, after all
     * that have places. Names of others, and of none, mean nothing.
     */
    void grew(List<ConversationKey> conversations);

    /** How many conversations and turns, shared turns counted once. */
    record Size(long conversations, long turns) {}

    /**
     * Some names of many.
     *
     * @param next the cursor of the page after this one, null on the last
     */
    record Page(List<ConversationKey> names, @Nullable String next) {

        public Page {
            names = List.copyOf(names);
        }
    }

    /**
     * Conversations that share turns.
     *
     * @param place tells where to go on after it, in this store
     * @param branches every branch on their paths with the turns that are on one: before a branch, those that it goes on from
     * @param conversations at least one; each before its forks
     */
    record Family(String place, Scope scope, List<PathSegment> branches, List<Conversation> conversations) {

        public Family {
            branches = List.copyOf(branches);
            conversations = List.copyOf(conversations);
        }
    }

    /**
     * Turns that follow each other on one branch.
     *
     * @param turns not empty
     */
    record Stretch(String branch, List<ArchivedTurn> turns) {

        public Stretch {
            turns = List.copyOf(turns);
        }

        public int first() {
            return turns.getFirst().turn().number();
        }

        public int last() {
            return turns.getLast().turn().number();
        }
    }

    /** A part of a family, or the whole: turns, and conversations all of whose turns are among them or there already. */
    record Part(Scope scope, List<Stretch> turns, List<ArchivedConversation> conversations) {

        public Part {
            turns = List.copyOf(turns);
            conversations = List.copyOf(conversations);
        }
    }

    /**
     * What came of adding a part.
     *
     * @param conversations how many were not there before
     * @param turns how many were not there before
     * @param conflict what is there already and differs, for people; null where nothing does
     */
    record Added(int conversations, int turns, @Nullable String conflict) {

        /** Nothing was added. */
        public static Added conflicting(String what) {
            return new Added(0, 0, what);
        }
    }
}
