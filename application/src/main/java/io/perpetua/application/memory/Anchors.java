package io.perpetua.application.memory;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The anchors of conversations. Driven port; safe for concurrent use; durable; throws {@link StoreUnavailable}.
 * Anchors go with their conversation when it is erased.
 */
public interface Anchors {

    /** A conversation's anchors, the oldest first. */
    List<Anchor> of(ConversationKey key);

    /**
     * Keeps {@code anchor}. One of the same id is replaced, and so is an earlier detected one on the same subject, if
     * this one is detected too. An anchor that says the same as one of another id changes nothing, nor does a detected
     * one on whose subject a later one is there.
     *
     * @return the anchor that is kept: this one, or the one that stood in its way; null when there is no such
     *     conversation, and then nothing is kept
     */
    @Nullable
    Anchor put(ConversationKey key, Anchor anchor);

    /** Removes an anchor. Returns whether it was there. */
    boolean remove(ConversationKey key, String anchorId);
}
