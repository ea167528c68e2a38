package io.perpetua.adapters.redis;

import io.perpetua.domain.conversation.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it was read, or as it was just written.
 *
 * @param place where it is
 * @param ledger what the ledger says of it
 * @param tip what is known of its last turn without its text
 * @param anchors all that it keeps, null where they were not read
 */
record Stored(
        Place place,
        Head head,
        LedgerEntry ledger,
        StoredTurn tip,
        @Nullable Kept anchors) {

    Conversation conversation() {
        return head.conversation(ledger, tip.at());
    }

    int turns() {
        return ledger.turns();
    }

    Stored with(@Nullable Kept other) {
        return new Stored(place, head, ledger, tip, other);
    }
}
