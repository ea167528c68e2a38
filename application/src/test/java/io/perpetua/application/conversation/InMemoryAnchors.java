package io.perpetua.application.conversation;

import static java.util.Comparator.comparing;

import io.perpetua.application.conversation.InMemoryRecord.Head;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import java.util.List;

/** See {@link InMemoryRecord}. */
final class InMemoryAnchors implements Anchors {

    private final InMemoryRecord record;

    InMemoryAnchors(InMemoryRecord record) {
        this.record = record;
    }

    @Override
    public List<Anchor> of(ConversationKey key) {
        synchronized (record) {
            Head head = record.heads.get(key);
            return head == null
                    ? List.of()
                    : head.anchors.stream().sorted(comparing(Anchor::at)).toList();
        }
    }

    @Override
    public Pinning pin(ConversationKey key, Anchor anchor) {
        synchronized (record) {
            Head head = record.heads.get(key);
            if (head == null) {
                return Pinning.Refused.NO_CONVERSATION;
            }
            Anchor pinned = KeptAnchors.pinned(head.anchors, anchor);
            if (pinned == null) {
                return Pinning.Refused.TOO_MANY;
            }
            if (!head.anchors.contains(pinned)) {
                head.anchors.add(pinned);
            }
            return new Pinning.Kept(pinned);
        }
    }

    @Override
    public boolean remove(ConversationKey key, String anchorId) {
        synchronized (record) {
            Head head = record.heads.get(key);
            return head != null && head.anchors.removeAll(KeptAnchors.removing(head.anchors, anchorId));
        }
    }
}
