package io.perpetua.application.conversation;

import io.perpetua.application.brief.Briefs;
import io.perpetua.application.conversation.InMemoryRecord.Head;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.ConversationKey;
import org.jspecify.annotations.Nullable;

/** See {@link InMemoryRecord}. */
final class InMemoryBriefs implements Briefs {

    private final InMemoryRecord record;

    InMemoryBriefs(InMemoryRecord record) {
        this.record = record;
    }

    @Override
    public @Nullable Brief find(ConversationKey key) {
        synchronized (record) {
            Head head = record.heads.get(key);
            return head == null ? null : head.brief;
        }
    }

    @Override
    public boolean replace(ConversationKey key, int expectedCovers, Brief brief) {
        synchronized (record) {
            Head head = record.heads.get(key);
            if (head == null
                    || head.conversation.turns() < brief.coversThrough()
                    || expectedCovers != (head.brief == null ? 0 : head.brief.coversThrough())) {
                return false;
            }
            head.brief = brief;
            return true;
        }
    }
}
