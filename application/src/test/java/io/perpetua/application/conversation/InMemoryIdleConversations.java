package io.perpetua.application.conversation;

import io.perpetua.application.conversation.InMemoryRecord.Head;
import io.perpetua.domain.conversation.ConversationKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** See {@link InMemoryRecord}. */
final class InMemoryIdleConversations implements IdleConversations {

    private final InMemoryRecord record;

    InMemoryIdleConversations(InMemoryRecord record) {
        this.record = record;
    }

    @Override
    public Look look(Instant before, @Nullable String cursor) {
        synchronized (record) {
            return new Look(
                    record.heads.values().stream()
                            .filter(head -> head.active.isBefore(before))
                            .map(head -> head.conversation.key())
                            .toList(),
                    null);
        }
    }

    @Override
    public boolean erase(ConversationKey key, Instant before) {
        synchronized (record) {
            Head head = record.heads.get(key);
            return head != null
                    && head.active.isBefore(before)
                    && record.stores().conversations().erase(key);
        }
    }
}
