package io.perpetua.adapters.redis;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.StoreUnavailable;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an instance does by itself, on one thread: says that it lives, and looks after what others have left. */
@Context
@Shared
@Requires(notEnv = "tool") // a tool is no server: what it has written is taken over by those that are
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(3);
    private static final int BEATS_BETWEEN_LOOKS = 20;

    private final Instances instances;
    private final Takeover takeover;
    private final Hints hints;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("redis-upkeep").daemon().factory());
    private long beats;

    Upkeep(Instances instances, Takeover takeover, Hints hints) {
        this.instances = instances;
        this.takeover = takeover;
        this.hints = hints;
        var _ = thread.scheduleWithFixedDelay(this::beat, 0, BETWEEN_BEATS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("IllegalCatch") // whatever goes wrong now, there is a next time
    private void beat() {
        try {
            instances.beat();
            hints.sendLate();
            if (beats % BEATS_BETWEEN_LOOKS == 0 || takeover.missesSomebody()) {
                takeover.look();
            }
            beats++;
        } catch (StoreUnavailable e) {
            // The next beat finds it again.
        } catch (RuntimeException e) {
            LOG.warn("Redis' upkeep failed", e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        thread.shutdownNow();
    }
}
