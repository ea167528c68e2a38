package io.perpetua.application.conversation;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conversations by when somebody added to them last, whatever dates their turns carry. Driven port; safe for concurrent
 * use; throws {@link StoreUnavailable}.
 */
public interface IdleConversations {

    /**
     * Looks at some of all conversations.
     *
     * @param before an idle one has not been added to since then; it may be given up to an hour late
     * @param cursor what the last look gave to go on from, null to begin
     */
    Look look(Instant before, @Nullable String cursor);

    /** Erases a conversation, as {@link Conversations#erase} does, if it is idle still. Returns whether it was. */
    boolean erase(ConversationKey key, Instant before);

    /**
     * What a look has found.
     *
     * @param idle the idle ones of those that were looked at, few enough to be erased one after the other
     * @param next where to go on, null at the end
     */
    record Look(List<ConversationKey> idle, @Nullable String next) {

        public Look {
            idle = List.copyOf(idle);
        }
    }
}
