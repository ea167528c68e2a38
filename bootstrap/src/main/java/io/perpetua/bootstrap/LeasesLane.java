package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.lease.HoldLeases;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that renews what this instance holds against others, three times in a lease's length. */
@Context
@Singleton
@Requires(property = "perpetua.store", value = "redis")
@Requires(notEnv = Contexts.TOOL)
final class LeasesLane {

    private static final Logger LOG = LoggerFactory.getLogger(LeasesLane.class);
    private static final long PERIOD_SECONDS = 3;

    private final HoldLeases leases;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leases").daemon().factory());

    LeasesLane(HoldLeases leases) {
        this.leases = leases;
    }

    @PostConstruct
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::renew, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
    }

    private void renew() {
        try {
            leases.renew();
        } catch (StoreUnavailable e) {
            LOG.debug("Leases are not renewed for now", e);
        } catch (RuntimeException e) {
            LOG.error("Leases are not renewed", e);
        }
    }
}
