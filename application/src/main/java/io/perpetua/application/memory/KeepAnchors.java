package io.perpetua.application.memory;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.memory.Anchors.Pinning;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
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
        conversation(key);
        return KeptAnchors.standing(anchors.of(key), Integer.MAX_VALUE);
    }

    /**
     * Pins {@code text}; pinning the same again changes nothing. Refused when {@value KeptAnchors#MOST_PINNED} are pinned
     * already.
     */
    public Anchor pin(ConversationKey key, String text, @Nullable String tag, int priority) {
        int turns = conversation(key).turns();
        var pinning = anchors.pin(key, Anchor.pinned(ids.get(), text, tag, priority, turns, clock.instant()));
        return switch (pinning) {
            case Pinning.Kept kept -> kept.anchor();
            case Pinning.Refused.NO_CONVERSATION -> throw RequestRefused.noConversation(key, null);
            case Pinning.Refused.TOO_MANY ->
                throw new RequestRefused(
                        Reason.CONFLICT,
                        "too_many_anchors",
                        null,
                        "the conversation has " + KeptAnchors.MOST_PINNED
                                + " pinned anchors, and no more are kept: remove one first");
        };
    }

    /** Takes an anchor back, and with it those that it replaced. */
    public void remove(ConversationKey key, String anchorId) {
        conversation(key);
        if (!anchors.remove(key, anchorId)) {
            throw new RequestRefused(
                    Reason.NOT_FOUND, "anchor_not_found", null, "the conversation has no anchor '" + anchorId + "'");
        }
    }

    private Conversation conversation(ConversationKey key) {
        Conversation found = conversations.find(key);
        if (found == null) {
            throw RequestRefused.noConversation(key, null);
        }
        return found;
    }
}
