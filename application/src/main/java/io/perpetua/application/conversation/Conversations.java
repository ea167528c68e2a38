package io.perpetua.application.conversation;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Fingerprint;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.mode.Mode;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The record of conversations: the one copy that everything else is derived from. Driven port; safe for concurrent use;
 * every write is atomic and durable when its method returns. Every method throws {@link StoreUnavailable} when the store
 * does not answer.
 *
 * <p>Forks share the turns before the fork with the conversation they came from; a shared turn is stored once, and lives
 * as long as one conversation has it on its path.
 */
public interface Conversations {

    /** The conversation called {@code key}, or null when there is none. */
    @Nullable
    Conversation find(ConversationKey key);

    /**
     * The conversation called {@code key} with what a turn of it needs, read at once; null when there is none.
     *
     * @param tail how many of its latest turns, from 0
     */
    @Nullable
    Past past(ConversationKey key, int tail);

    /**
     * Turns of the conversation's path, ascending, each once.
     *
     * @param ranges which ones; what lies outside the conversation is left out
     */
    List<Turn> turns(ConversationKey key, List<TurnRange> ranges);

    /** What the first {@code turns} turns of the conversation's path cost together; 0 when there is no such conversation. */
    long tokens(ConversationKey key, int turns);

    /**
     * The conversation that holds the longest of several histories. Where more than one holds it, one whose path ends
     * there is preferred, then the one that grew last.
     *
     * @param histories fingerprints of one history's beginnings: the first is that of its first message alone, and so on
     * @param atLeast how many messages must be recognised at the least, from 1
     * @return null when no conversation holds any of them
     */
    @Nullable
    Recognised recognise(List<Fingerprint> histories, int atLeast);

    /**
     * Adds turns to a conversation, which it makes, or forks, if need be; with the ledger, the anchors detected in them and
     * the outbox, in one transaction. An append that was made within the last day, as its
     * request tells, is not made again: its turns are told once more.
     */
    Outcome append(Append append);

    /**
     * A scope's conversations, the one that grew last first.
     *
     * @param cursor what the page before gave to go on from, null for the first page
     * @param limit most conversations on the page, from 1
     * @throws IllegalArgumentException if no page ever gave this cursor
     */
    Page list(Scope scope, @Nullable String cursor, int limit);

    /**
     * Erases a conversation with its anchors, its brief, the answers kept from it to be given again, and every turn that no
     * other conversation shares, beyond recovery from the store's files.
     *
     * @return whether there was one
     */
    boolean erase(ConversationKey key);

    /**
     * A conversation that holds the beginning of a history.
     *
     * @param conversation which
     * @param messages how many of the history's messages it holds; equal to its turns when it ends there
     */
    record Recognised(Conversation conversation, int messages) {}

    /**
     * What to add, and to what.
     *
     * @param key the conversation that is to grow; made when it does not exist
     * @param user the end user, for a conversation that is made
     * @param from where a conversation that is made branches off, null for one that starts afresh; the anchors that
     *     were detected and pinned within the shared turns, also those that were replaced after the fork, and a brief of
     *     shared turns only, are taken along
     * @param expectedTurns how many turns the conversation must have for anything to happen, 0 for one that must not
     *     exist, {@link #WHATEVER} to add to its end wherever that is
     * @param turns what to add, in order, not empty
     * @param mode the mode the request was served in, null to leave it as it is: for a conversation that is made, that of
     *     the one it branches off, or full
     * @param request names this append and no other, so that it may be tried again by whoever does not know what came of it
     */
    record Append(
            ConversationKey key,
            @Nullable String user,
            @Nullable Fork from,
            int expectedTurns,
            List<NewTurn> turns,
            @Nullable Mode mode,
            String request) {

        public static final int WHATEVER = -1;

        public Append {
            if (turns.isEmpty()) {
                throw new IllegalArgumentException("nothing to append");
            }
            if (from != null && !from.source().scope().equals(key.scope())) {
                throw new IllegalArgumentException("a fork stays in its scope, not " + from.source());
            }
            turns = List.copyOf(turns);
        }

        /**
         * The same turns as a branch of its own, called {@code other}: what they were to follow on has moved on meanwhile.
         *
         * @param otherRequest names that append and no other
         */
        public Append branchedOff(ConversationKey other, String otherRequest) {
            Fork left = from == null && expectedTurns > 0 ? new Fork(key, expectedTurns) : from;
            return new Append(other, user, left, 0, turns, mode, otherRequest);
        }

        /**
         * The same turns as a conversation of their own, called {@code other}: what they were to follow on is gone.
         *
         * @param otherRequest names that append and no other
         */
        public Append alone(ConversationKey other, String otherRequest) {
            return new Append(other, user, null, 0, turns, mode, otherRequest);
        }
    }

    /**
     * Where a fork leaves another conversation.
     *
     * @param source the conversation it leaves
     * @param turns how many turns they share, from 0
     */
    record Fork(ConversationKey source, int turns) {}

    /**
     * A turn without its number yet.
     *
     * @param tokens what the message costs, overhead included
     * @param anchors what the message says that holds from then on, in order
     */
    record NewTurn(Message message, Instant at, int tokens, List<Detected> anchors) {

        public NewTurn {
            anchors = List.copyOf(anchors);
        }

        /** The anchors of this turn once it has its number. */
        public List<Anchor> anchorsAt(int number) {
            return IntStream.rangeClosed(1, anchors.size())
                    .mapToObj(ordinal -> Anchor.detected(anchors.get(ordinal - 1), number, ordinal, at))
                    .toList();
        }
    }

    /** What came of an append. */
    sealed interface Outcome {

        /**
         * The turns are stored.
         *
         * @param conversation its head afterwards
         * @param range the turns' numbers
         */
        record Appended(Conversation conversation, TurnRange range) implements Outcome {}

        /**
         * Nothing is stored: the conversation has not the expected number of turns, or what it was to branch off has
         * not the turns to share any more.
         *
         * @param conversation its head as it is, null if it does not exist
         */
        record Moved(@Nullable Conversation conversation) implements Outcome {}

        /** The turns were stored by an earlier append of this request, and have been erased since: that is to be so. */
        record Erased() implements Outcome {}
    }

    /**
     * Some of a scope's conversations.
     *
     * @param next the cursor of the page after this one, null on the last
     */
    record Page(List<Conversation> conversations, @Nullable String next) {}
}
