package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.vision.IndexDocuments;
import io.perpetua.application.vision.TidyIndex;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that index documents: when one was asked for, at the start, and every second, since what is to be tried again
 * is due at some time and another instance may have died. One of them keeps the index as the documents are.
 */
@Context
@Singleton
@Requires(notEnv = Contexts.TOOL)
final class VisionLane {

    private static final Logger LOG = LoggerFactory.getLogger(VisionLane.class);
    private static final long BETWEEN_LOOKS_MILLIS = 1_000;
    private static final long TIDY_SECONDS = 5;
    private static final long PATIENCE_SECONDS = 5;

    private final IndexDocuments index;
    private final TidyIndex tidy;
    private final boolean enabled;
    private final int atOnce;
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicBoolean away = new AtomicBoolean();
    private final ScheduledExecutorService workers;
    private final ScheduledExecutorService tidying;

    VisionLane(IndexDocuments index, TidyIndex tidy, Settings settings) {
        this.index = index;
        this.tidy = tidy;
        enabled = settings.get(Keys.VISION_ENABLED);
        atOnce = settings.get(Keys.VISION_INDEX_AT_ONCE);
        workers = Executors.newScheduledThreadPool(atOnce, named("documents"));
        tidying = Executors.newSingleThreadScheduledExecutor(named("documents-tidy"));
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name + "-", 0).daemon().factory();
    }

    @PostConstruct
    void start() {
        if (enabled) {
            for (int worker = 0; worker < atOnce; worker++) {
                var _ = workers.scheduleWithFixedDelay(this::work, 0, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        var _ = tidying.scheduleWithFixedDelay(this::tidy, 0, TIDY_SECONDS, TimeUnit.SECONDS);
    }

    /** There is a job. */
    void wake() {
        if (enabled && due.compareAndSet(false, true)) {
            try {
                workers.execute(this::work);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopping; the store keeps what is to be indexed");
            }
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        workers.shutdown();
        tidying.shutdown();
        index.stop();
        tidy.stop();
        for (var threads : new ScheduledExecutorService[] {workers, tidying}) {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        }
    }

    @SuppressWarnings("IllegalCatch") // what is thrown once must not end the looking for good
    private void work() {
        due.set(false);
        try {
            while (index.step()) {
                LOG.debug("a document has been worked at");
            }
        } catch (StoreUnavailable e) {
            LOG.debug("Documents are indexed later", e);
        } catch (Throwable e) {
            LOG.error("Documents are indexed later", e);
        }
    }

    @SuppressWarnings("IllegalCatch") // as above
    private void tidy() {
        try {
            tidy.eraseErased();
            tidy.rebuildIfLost();
            if (away.getAndSet(false)) {
                LOG.info("The index of regions has caught up");
            }
        } catch (IndexUnavailable | EmbedderUnavailable | StoreUnavailable e) {
            if (!away.getAndSet(true)) {
                LOG.warn("The index of regions is behind: {}", e.getMessage());
            }
        } catch (Throwable e) {
            LOG.error("The index of regions is behind", e);
        }
    }
}
