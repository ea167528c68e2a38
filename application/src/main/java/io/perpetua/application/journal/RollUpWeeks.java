package io.perpetua.application.journal;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.journal.Journal.Selection;
import io.perpetua.domain.journal.Figures;
import io.perpetua.domain.journal.RollUp;
import io.perpetua.domain.journal.Tally;
import io.perpetua.domain.journal.Week;
import org.jspecify.annotations.Nullable;

/** Use case: add up a week's turns. Safe for concurrent use. */
public final class RollUpWeeks {

    private final Journal journal;
    private final KeepJournal keeping;

    public RollUpWeeks(Journal journal, KeepJournal keeping) {
        this.journal = journal;
        this.keeping = keeping;
    }

    /**
     * What {@code week} and the one before come to, so far as they are over.
     *
     * @param tenant whose turns; null for everybody's
     * @throws StoreUnavailable if the journal does not answer
     */
    public RollUp rollUp(Week week, @Nullable String tenant) {
        keeping.flush();
        return new RollUp(
                week, tenant == null ? RollUp.ALL : tenant, figures(week, tenant), figures(week.before(), tenant));
    }

    private Figures figures(Week week, @Nullable String tenant) {
        var tally = new Tally();
        journal.each(new Selection(tenant, week.from(), week.to(), null, null), tally::add);
        return tally.figures();
    }
}
