package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.ForgetIdle;
import io.perpetua.application.conversation.IdleConversations;
import io.perpetua.application.facts.Facts;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.vision.Documents;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
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

/** The thread that erases conversations which nobody has added to for long, where that is configured. Slow on purpose. */
@Context
@Singleton
@Requires(notEnv = Contexts.TOOL)
final class ForgetLane {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetLane.class);
    private static final long BETWEEN_STEPS_MILLIS = 500;

    private final Duration after;
    private final ForgetIdle forget;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("forget").daemon().factory());

    ForgetLane(
            IdleConversations conversations,
            Facts facts,
            Documents documents,
            KeptBeside beside,
            Settings settings,
            InstantSource clock) {
        after = settings.get(Keys.FORGET_AFTER);
        forget = new ForgetIdle(
                conversations,
                facts,
                after,
                key -> {
                    documents.eraseOf(key);
                    beside.forget(key);
                },
                beside::settle);
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        if (!after.isZero()) {
            var _ = thread.scheduleWithFixedDelay(
                    this::step, BETWEEN_STEPS_MILLIS, BETWEEN_STEPS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
    }

    private void step() {
        try {
            int erased = forget.step(clock.instant()).erased();
            if (erased > 0) {
                LOG.info("Erased {} conversations that nobody has added to for {} days", erased, after.toDays());
            }
        } catch (IndexUnavailable | StoreUnavailable e) {
            LOG.debug("What is idle is erased later", e);
        } catch (RuntimeException e) {
            LOG.error("What is idle is not erased", e);
        }
    }
}
