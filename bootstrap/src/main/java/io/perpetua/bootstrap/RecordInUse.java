package io.perpetua.bootstrap;

import io.perpetua.application.Availability;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.spool.SharedRecord;

/**
 * The record as use cases meet it.
 *
 * @param conversations whole, or an error
 * @param turnConversations what turns in the making read; the same, unless there is a store that may be away
 * @param turnAnchors likewise
 * @param turnBriefs likewise
 * @param availability tells turns what they have had to do without
 */
record RecordInUse(
        Conversations conversations,
        Conversations turnConversations,
        Anchors turnAnchors,
        Briefs turnBriefs,
        Availability availability) {

    /** One that is part of the process. */
    static RecordInUse embedded(Conversations conversations, Anchors anchors, Briefs briefs) {
        return new RecordInUse(conversations, conversations, anchors, briefs, Availability.ALWAYS);
    }

    /** One that others share. */
    static RecordInUse shared(SharedRecord record) {
        return new RecordInUse(
                record.conversations(),
                record.turnConversations(),
                record.turnAnchors(),
                record.turnBriefs(),
                record.availability());
    }
}
