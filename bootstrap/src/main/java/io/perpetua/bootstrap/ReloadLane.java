package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that looks at the configuration's files every few seconds and has them read again when they have changed. */
@Context
@Singleton
final class ReloadLane {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadLane.class);

    private final Duration period;
    private final FileWatch watch;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("configuration").daemon().factory());

    ReloadLane(Settings settings, Reload reload, ConfigurationSource source) {
        period = settings.get(Keys.RELOAD_EVERY);
        watch = new FileWatch(reload::files, reload::reload, source.firstRead());
    }

    @PostConstruct
    void start() {
        if (period.isPositive()) {
            var _ = thread.scheduleWithFixedDelay(this::look, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
    }

    @SuppressWarnings("IllegalCatch") // whatever comes of one look, there is another
    private void look() {
        try {
            watch.look();
        } catch (RuntimeException e) {
            LOG.error("The configuration was not read again", e);
        }
    }
}
