package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.resilience.SharedCircuits;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that exchanges with the instances that share the store which rungs rest, twice a second and a little more. */
@Context
@Singleton
@Requires(beans = SharedCircuits.class, notEnv = Contexts.TOOL)
final class HintsLane {

    private static final Logger LOG = LoggerFactory.getLogger(HintsLane.class);
    private static final long PERIOD_MILLIS = 400;

    private final SharedCircuits circuits;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hints").daemon().factory());

    HintsLane(SharedCircuits circuits) {
        this.circuits = circuits;
    }

    @PostConstruct
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::exchange, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
    }

    private void exchange() {
        try {
            circuits.exchange();
        } catch (StoreUnavailable e) {
            LOG.debug("Which models rest is not shared for now", e);
        } catch (RuntimeException e) {
            LOG.error("Which models rest is not shared", e);
        }
    }
}
