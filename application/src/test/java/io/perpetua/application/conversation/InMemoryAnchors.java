package io.perpetua.application.conversation;

import static java.util.Comparator.comparing;

import io.perpetua.application.conversation.InMemoryRecord.Head;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    public @Nullable Anchor pin(ConversationKey key, Anchor anchor) {
        synchronized (record) {
            Head head = record.heads.get(key);
            if (head == null) {
                return null;
            }
            Anchor kept = KeptAnchors.pinned(head.anchors, anchor);
            head.keep(KeptAnchors.pinning(head.anchors, anchor));
            return kept;
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
