package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.spool.ReplaySpool;
import io.perpetua.application.spool.SharedRecord;
import io.perpetua.application.spool.SharedStore;
import io.perpetua.application.spool.Spool;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes what waits in the spool as soon as the shared store is back, and tells of it. */
@Context
@Singleton
@Requires(beans = SharedRecord.class)
final class SpoolLane {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolLane.class);
    private static final long PERIOD_MILLIS = 250;
    private static final long STOP_SECONDS = 5;

    private final ReplaySpool replay;
    private final Spool spool;
    private final SharedStore store;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("spool").daemon().factory());

    private boolean told;
    private boolean stuckTold;
    private long written;

    SpoolLane(SharedRecord record, Spool spool, SharedStore store) {
        replay = record.replay();
        this.spool = spool;
        this.store = store;
    }

    @PostConstruct
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Writes what can be written within some seconds; what waits then goes on waiting, for the next start. */
    @PreDestroy
    void stop() throws InterruptedException {
        thread.execute(this::writeTheRest);
        thread.shutdown();
        thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }

    private void writeTheRest() {
        int before;
        int waiting = spool.level().appends();
        do {
            before = waiting;
            look();
            waiting = spool.level().appends();
        } while (waiting > 0 && waiting < before);
    }

    private void look() {
        int waiting = spool.level().appends();
        if (waiting == 0) {
            return;
        }
        if (!told) {
            told = true;
            written = 0;
            LOG.warn("Turns are kept on this disk until {} has taken them: {} wait", store.name(), waiting);
        }
        if (!store.away()) {
            replay();
        }
    }

    private void replay() {
        try {
            var result = replay.replay();
            written += result.written();
            if (spool.level().appends() == 0) {
                LOG.info("All that waited is in {} now: {} appends", store.name(), written);
                told = false;
                stuckTold = false;
            } else if (result.failure() != null && !stuckTold) {
                stuckTold = true;
                LOG.error(
                        "{} does not take what waits of {} conversations; it is tried again",
                        store.name(),
                        result.stuck(),
                        result.failure());
            }
        } catch (StoreUnavailable e) {
            LOG.debug("What waits is not written yet", e);
        } catch (RuntimeException e) {
            LOG.error("What waits is not written yet", e);
        }
    }
}
