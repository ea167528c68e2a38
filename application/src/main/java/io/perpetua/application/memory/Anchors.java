package io.perpetua.application.memory;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import java.util.List;

/**
 * The anchors of conversations. Driven port; safe for concurrent use; durable; throws {@link StoreUnavailable}. What is
 * kept follows {@link KeptAnchors}. Detected anchors are written with their turns, by {@link Conversations#append};
 * anchors go with their conversation when it is erased.
 */
public interface Anchors {

    /**
     * All that a conversation keeps, the oldest first, also what later anchors replaced: {@link KeptAnchors#standing}
     * tells what holds.
     */
    List<Anchor> of(ConversationKey key);

    /** Pins {@code anchor}, as {@link KeptAnchors#pinned} has it. */
    Pinning pin(ConversationKey key, Anchor anchor);

    /** What came of pinning. */
    sealed interface Pinning {

        /** This anchor is kept: the one that was pinned, or one that was already and says the same. */
        record Kept(Anchor anchor) implements Pinning {}

        /** Nothing is kept. */
        enum Refused implements Pinning {
            NO_CONVERSATION,
            TOO_MANY
        }
    }

    /** Removes an anchor, and those that it replaced. Returns whether it was there. */
    boolean remove(ConversationKey key, String anchorId);
}
