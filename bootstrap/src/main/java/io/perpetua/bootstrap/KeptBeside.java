package io.perpetua.bootstrap;

import io.perpetua.application.commands.AuditLog;
import io.perpetua.application.journal.KeepJournal;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.vision.TidyIndex;
import io.perpetua.domain.conversation.ConversationKey;
import jakarta.inject.Singleton;

/** What is kept of conversations beside their record, and goes with them, whoever erases them. Safe for concurrent use. */
@Singleton
final class KeptBeside {

    private final AuditLog audit;
    private final KeepJournal journal;
    private final IndexTurns index;
    private final TidyIndex tidy;

    KeptBeside(AuditLog audit, KeepJournal journal, IndexTurns index, TidyIndex tidy) {
        this.audit = audit;
        this.journal = journal;
        this.index = index;
        this.tidy = tidy;
    }

    /** A conversation has gone from the record: it goes from the account of commands and the rows that wait. */
    void forget(ConversationKey key) {
        audit.forget(key);
        journal.forget(key);
    }

    /** Conversations and documents have gone from the record: they go from what is derived from it. */
    void settle() {
        index.catchUp();
        index.settle();
        tidy.eraseErased();
    }
}
