package io.perpetua.application.memory;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * Pins {@code anchor}.
     *
     * @return the anchor that is kept: this one, or one that is pinned and says the same; null when there is no such
     *     conversation, and then nothing is kept
     */
    @Nullable
    Anchor pin(ConversationKey key, Anchor anchor);

    /** Removes an anchor, and those that it replaced. Returns whether it was there. */
    boolean remove(ConversationKey key, String anchorId);
}
