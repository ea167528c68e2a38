package io.perpetua.application.journal;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.journal.Journal.Selection;
import io.perpetua.application.journal.RollUps.Kept;
import io.perpetua.domain.journal.Figures;
import io.perpetua.domain.journal.RollUp;
import io.perpetua.domain.journal.Tally;
import io.perpetua.domain.journal.Week;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

    /** Whether any week that is over may want a roll-up. */
    public boolean mayBeDue() {
        return !unkept(rollUps.latest(1)).isEmpty();
    }

    /**
     * The weeks that are over and have no roll-up, the earliest first: those since the latest that has one, so far as their
     * rows are there. Weeks before anything was said are none.
     *
     * @throws StoreUnavailable if the journal does not answer
     */
    public List<RollUp> due() {
        keeping.flush();
        var kept = rollUps.latest(1);
        var due = new ArrayList<RollUp>();
        Figures before = null;
        for (var week : unkept(kept)) {
            var last = before == null ? figures(week.before(), null) : before;
            var figures = figures(week, null);
            if (!kept.isEmpty() || !due.isEmpty() || figures.turns() > 0) {
                due.add(new RollUp(week, RollUp.ALL, figures, last));
            }
            before = figures;
        }
        return due;
    }

    /** The weeks that are over since the latest that is kept, so far as their rows are there, the earliest first. */
    private Deque<Week> unkept(List<Kept> kept) {
        var weeks = new ArrayDeque<Week>();
        for (var week = Week.of(clock.instant()).before();
                hasRowsOf(week)
                        && (kept.isEmpty() || isAfter(week, kept.getFirst().week()));
                week = week.before()) {
            weeks.addFirst(week);
        }
        return weeks;
    }

    private static boolean isAfter(Week week, Week other) {
        return week.sunday().isAfter(other.sunday());
    }
}
