package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.adapters.http.journal.RollUpDocument;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.journal.Journal;
import io.perpetua.application.journal.KeepJournal;
import io.perpetua.application.journal.RollUpWeeks;
import io.perpetua.application.journal.RollUps;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import io.perpetua.domain.journal.RollUp;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes the journal, every second and at the end; removes what is old; and adds a week up once it is over,
 * which is Sunday at 02:00 UTC, or when a server is next there, however many weeks that takes.
 */
@Context
@Singleton
@Requires(notEnv = Contexts.TOOL)
final class JournalLane {

    private static final Logger LOG = LoggerFactory.getLogger(JournalLane.class);
    private static final String LEASE = "roll-up";
    private static final long BETWEEN_WRITES_SECONDS = 1;
    private static final long BETWEEN_LOOKS_SECONDS = 60;

    private final KeepJournal keeping;
    private final Journal journal;
    private final RollUpWeeks weeks;
    private final RollUps rollUps;
    private final HoldLeases leases;
    private final InstantSource clock;
    private final Duration keep;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("journal").daemon().factory());
    private long droppedTold;

    JournalLane(
            KeepJournal keeping,
            Journal journal,
            RollUpWeeks weeks,
            RollUps rollUps,
            HoldLeases leases,
            InstantSource clock,
            Settings settings) {
        this.keeping = keeping;
        this.journal = journal;
        this.weeks = weeks;
        this.rollUps = rollUps;
        this.leases = leases;
        this.clock = clock;
        keep = settings.get(Keys.JOURNAL_KEEP);
    }

    @PostConstruct
    void start() {
        var _ = thread.scheduleWithFixedDelay(
                this::write, BETWEEN_WRITES_SECONDS, BETWEEN_WRITES_SECONDS, TimeUnit.SECONDS);
        var _ = thread.scheduleWithFixedDelay(this::look, 1, BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
        write();
    }

    private synchronized void write() {
        try {
            keeping.flush();
        } catch (StoreUnavailable e) {
            LOG.debug("The journal is written later", e);
        } catch (RuntimeException e) {
            LOG.error("The journal is not written", e);
        }
        long dropped = keeping.dropped();
        if (dropped > droppedTold) {
            LOG.warn("{} rows of the journal are lost, too many have waited for the store", dropped - droppedTold);
            droppedTold = dropped;
        }
    }

    private void look() {
        try {
            var old = clock.instant().minus(keep);
            while (journal.forget(old) > 0 && !thread.isShutdown()) {
                LOG.debug("old rows of the journal are gone");
            }
            rollUpEnded();
        } catch (StoreUnavailable e) {
            LOG.debug("The journal is looked after later", e);
        } catch (RuntimeException e) {
            LOG.error("The journal is not looked after", e);
        }
    }

    /** Rolls up the weeks that have ended since it was done last; one instance does it. */
    private void rollUpEnded() {
        if (!weeks.mayBeDue()) {
            return;
        }
        try (var lease = leases.take(LEASE)) {
            if (lease != null) {
                weeks.due().forEach(this::keep);
            }
        }
    }

    private void keep(RollUp rollUp) {
        if (rollUps.keep(rollUp.week(), RollUpDocument.of(rollUp).toString())) {
            LOG.info(
                    "Week {}: {} turns, {} dollars",
                    rollUp.week().name(),
                    rollUp.figures().turns(),
                    rollUp.figures().costUsd());
        }
    }
}
