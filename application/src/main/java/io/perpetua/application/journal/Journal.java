package io.perpetua.application.journal;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.journal.JournalRow;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One row for every turn, by time. Driven port; safe for concurrent use; throws {@link StoreUnavailable}. A conversation
 * that is erased leaves rows without its name.
 */
public interface Journal {

    /**
     * Which rows.
     *
     * @param tenant whose; null for everybody's
     * @param from the earliest time, included
     * @param to the latest time, not included
     * @param namespace of which of the tenant's applications; null for all of them
     * @param conversation of which conversation of that namespace; null for all
     */
    record Selection(
            @Nullable String tenant,
            Instant from,
            Instant to,
            @Nullable String namespace,
            @Nullable String conversation) {

        /** Everybody's rows of a time. */
        public static Selection of(Instant from, Instant to) {
            return new Selection(null, from, to, null, null);
        }

        /** Whether {@code row} is one of them. */
        public boolean includes(JournalRow row) {
            return !row.at().isBefore(from)
                    && row.at().isBefore(to)
                    && (tenant == null || tenant.equals(row.tenant()))
                    && (namespace == null || namespace.equals(row.namespace()))
                    && (conversation == null || conversation.equals(row.conversation()));
        }
    }

    /**
     * Some of them.
     *
     * @param next what the next page is asked for by; null when this is the last
     */
    record Page(List<JournalRow> rows, @Nullable String next) {

        public Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Adds rows. Where the store breaks off some of them may be there; those that are added again, by their ids, are there
     * once.
     */
    void add(List<JournalRow> rows);

    /**
     * Some rows of {@code selection}, the latest first.
     *
     * @param cursor the {@code next} of another page of the same selection; null for the first
     * @param limit most of them, from 1
     * @throws IllegalArgumentException if {@code cursor} is none
     */
    Page page(Selection selection, @Nullable String cursor, int limit);

    /** Shows every row of {@code selection}, in any order, a few in memory at a time. */
    void each(Selection selection, Consumer<JournalRow> rows);

    /**
     * Removes some of the rows from before {@code before}.
     *
     * @return how many; 0 when there are none
     */
    int forget(Instant before);
}
