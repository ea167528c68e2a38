package io.perpetua.application.memory;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import java.util.List;

/**
 * The anchors of conversations. Driven port; safe for concurrent use; durable; throws {@link StoreUnavailable}.
 * Anchors go with their conversation when it is erased.
 */
public interface Anchors {

    /** A conversation's anchors, the oldest first. */
    List<Anchor> of(ConversationKey key);

    /**
     * Keeps {@code anchor}. One of the same id is replaced, and so is an earlier detected one on the same subject, if
     * this one is detected too. An anchor that says the same as one that is there changes nothing.
     *
     * @return the anchor that is kept: this one, or the one that already says the same
     */
    Anchor put(ConversationKey key, Anchor anchor);

    /** Removes an anchor. Returns whether it was there. */
    boolean remove(ConversationKey key, String anchorId);
}
