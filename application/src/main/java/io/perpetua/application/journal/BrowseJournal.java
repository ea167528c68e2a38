package io.perpetua.application.journal;

import io.perpetua.application.journal.Journal.Page;
import io.perpetua.application.journal.Journal.Selection;
import org.jspecify.annotations.Nullable;

/** Use case: look at what became of turns. Safe for concurrent use. */
public final class BrowseJournal {

    private final Journal journal;
    private final KeepJournal keeping;

    public BrowseJournal(Journal journal, KeepJournal keeping) {
        this.journal = journal;
        this.keeping = keeping;
    }

    /** A page of rows, the latest first, with those of this instance that were just waiting to be written. */
    public Page page(Selection selection, @Nullable String cursor, int limit) {
        if (cursor == null) {
            keeping.flush();
        }
        return journal.page(selection, cursor, limit);
    }
}
