package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.memory.IndexUnavailable;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that brings the index's words up to date, and sees to it that vectors follow: when something was written, at
 * the start, and every few seconds.
 */
@Context
@Singleton
@Requires(notEnv = Contexts.TOOL)
final class IndexLane implements StoreTurns.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(IndexLane.class);
    private static final long SETTLE_SECONDS = 5;

    private final IndexTurns index;
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean behind = new AtomicBoolean();
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("index").daemon().factory());

    IndexLane(IndexTurns index) {
        this.index = index;
    }

    @PostConstruct
    void start() {
        var _ = thread.scheduleWithFixedDelay(
                () -> {
                    catchUp();
                    settle();
                    tellOfRefusal();
                },
                0,
                SETTLE_SECONDS,
                TimeUnit.SECONDS);
    }

    @Override
    public void stored(Appended appended, List<Dated> said) {
        if (due.compareAndSet(false, true)) {
            try {
                thread.execute(this::catchUp);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopping; the outbox keeps what is not indexed yet");
            }
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
        index.stop();
        settle();
    }

    private void catchUp() {
        due.set(false);
        try {
            index.catchUp();
            if (behind.getAndSet(false)) {
                LOG.info("The index has caught up");
            }
        } catch (IndexUnavailable | StoreUnavailable e) {
            if (!behind.getAndSet(true)) {
                LOG.warn("The index is behind; the outbox keeps what it is owed: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("The index is behind", e);
        }
    }

    private void settle() {
        try {
            index.settle();
        } catch (IndexUnavailable | StoreUnavailable e) {
            if (!behind.getAndSet(true)) {
                LOG.warn("The index is not durable yet; the outbox keeps what it is owed: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("The index is not durable yet", e);
        }
    }

    private void tellOfRefusal() {
        if (index.refused() > 0 && refusalTold.compareAndSet(false, true)) {
            LOG.warn(
                    "The embedder or the index refuses some turns; they are found by their words alone, or not at all");
        }
    }
}
