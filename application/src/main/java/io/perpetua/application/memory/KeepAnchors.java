package io.perpetua.application.memory;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.memory.KeptAnchors.Standing;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Use case: pin what must always be sent, and take it back. Safe for concurrent use. */
public final class KeepAnchors {

    private final Conversations conversations;
    private final Anchors anchors;
    private final Supplier<String> ids;
    private final InstantSource clock;

    public KeepAnchors(Conversations conversations, Anchors anchors, Supplier<String> ids, InstantSource clock) {
        this.conversations = conversations;
        this.anchors = anchors;
        this.ids = ids;
        this.clock = clock;
    }

    /** What holds in a conversation, the oldest first, each with what it replaced. */
    public List<Standing> list(ConversationKey key) {
        requireConversation(key);
        return KeptAnchors.standing(anchors.of(key), Integer.MAX_VALUE);
    }

    /** Pins {@code text}; pinning the same again changes nothing. */
    public Anchor pin(ConversationKey key, String text, @Nullable String tag, int priority) {
        var anchor = new Anchor(ids.get(), text, tag, priority, Origin.PINNED, 0, null, clock.instant());
        Anchor kept = anchors.pin(key, anchor);
        if (kept == null) {
            throw RequestRefused.noConversation(key, null);
        }
        return kept;
    }

    /** Takes an anchor back, and with it those that it replaced. */
    public void remove(ConversationKey key, String anchorId) {
        requireConversation(key);
        if (!anchors.remove(key, anchorId)) {
            throw new RequestRefused(
                    Reason.NOT_FOUND, "anchor_not_found", null, "the conversation has no anchor '" + anchorId + "'");
        }
    }

    private void requireConversation(ConversationKey key) {
        if (conversations.find(key) == null) {
            throw RequestRefused.noConversation(key, null);
        }
    }
}
