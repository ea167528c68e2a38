package io.perpetua.application.conversation;

import static java.util.Comparator.comparing;

import io.perpetua.application.conversation.InMemoryRecord.Head;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
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
    public @Nullable Anchor put(ConversationKey key, Anchor anchor) {
        synchronized (record) {
            Head head = record.heads.get(key);
            if (head == null) {
                return null;
            }
            for (Anchor other : of(key)) {
                if (!other.id().equals(anchor.id())
                        && (other.text().equals(anchor.text())
                                || (sameSubject(other, anchor) && other.at().isAfter(anchor.at())))) {
                    return other;
                }
            }
            head.anchors.removeIf(other -> other.id().equals(anchor.id()) || sameSubject(other, anchor));
            head.anchors.add(anchor);
            return anchor;
        }
    }

    private static boolean sameSubject(Anchor one, Anchor other) {
        return one.origin() == Origin.DETECTED
                && other.origin() == Origin.DETECTED
                && one.subject() != null
                && one.subject().equals(other.subject());
    }

    @Override
    public boolean remove(ConversationKey key, String anchorId) {
        synchronized (record) {
            Head head = record.heads.get(key);
            return head != null && head.anchors.removeIf(anchor -> anchor.id().equals(anchorId));
        }
    }
}
