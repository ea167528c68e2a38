package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.routing.LearnStandings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that exchanges what is learnt of the rungs with everyone who shares the store: before anything is served,
 * every few seconds, and at the end.
 */
@Context
@Singleton
@Requires(notEnv = Contexts.TOOL)
final class StandingsLane {

    private static final Logger LOG = LoggerFactory.getLogger(StandingsLane.class);
    private static final long PERIOD_SECONDS = 5;

    private final LearnStandings learning;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("standings").daemon().factory());

    private long droppedTold;

    StandingsLane(LearnStandings learning) {
        this.learning = learning;
    }

    @PostConstruct
    void start() {
        exchange();
        var _ = thread.scheduleWithFixedDelay(this::exchange, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
        exchange();
    }

    private synchronized void exchange() {
        try {
            learning.exchange();
        } catch (StoreUnavailable e) {
            LOG.warn("What is learnt of the models is not shared yet: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("What is learnt of the models is not shared yet", e);
        }
        long dropped = learning.dropped();
        if (dropped > droppedTold) {
            LOG.warn("{} outcomes are not shared, too many have waited for the store", dropped - droppedTold);
            droppedTold = dropped;
        }
    }
}
