package io.perpetua.application.journal;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.journal.Journal.Selection;
import io.perpetua.domain.journal.Figures;
import io.perpetua.domain.journal.RollUp;
import io.perpetua.domain.journal.Tally;
import io.perpetua.domain.journal.Week;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use case: add up a week's turns. Safe for concurrent use. */
public final class RollUpWeeks {

    private final Journal journal;
    private final KeepJournal keeping;
    private final RollUps rollUps;
    private final Duration keep;
    private final InstantSource clock;

    /**
     * Adds up what {@code journal} holds.
     *
     * @param rollUps those that were made when their week ended
     * @param keep how long the journal's rows are kept
     */
    public RollUpWeeks(Journal journal, KeepJournal keeping, RollUps rollUps, Duration keep, InstantSource clock) {
        this.journal = journal;
        this.keeping = keeping;
        this.rollUps = rollUps;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * What {@code week} and the one before come to, so far as they are over and their rows are there.
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

    /** Whether no row of {@code week}, or of the one before, beside which it is shown, has been removed for its age. */
    public boolean hasRowsOf(Week week) {
        return !week.before().from().isBefore(clock.instant().minus(keep));
    }

    /**
     * The weeks that are over and have no roll-up, the earliest first: those since the latest that has one, so far as their
     * rows are there. Weeks before anything was said are none.
     *
     * @throws StoreUnavailable if the journal does not answer
     */
    public List<RollUp> due() {
        var kept = rollUps.latest(1);
        var weeks = new ArrayDeque<Week>();
        for (var week = Week.of(clock.instant()).before();
                hasRowsOf(week)
                        && (kept.isEmpty() || isAfter(week, kept.getFirst().week()));
                week = week.before()) {
            weeks.addFirst(week);
        }
        var due = new ArrayList<RollUp>();
        for (var week : weeks) {
            var rollUp = rollUp(week, null);
            if (!kept.isEmpty() || !due.isEmpty() || rollUp.figures().turns() > 0) {
                due.add(rollUp);
            }
        }
        return due;
    }

    private static boolean isAfter(Week week, Week other) {
        return week.sunday().isAfter(other.sunday());
    }
}
