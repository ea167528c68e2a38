package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.Pause;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.lease.Leases;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The embedded index is in one server's data directory, and sees only what that server has stored. A second server over the
 * same store would recall less than there is, without anybody noticing: it does not start. A directory has a name of its own,
 * so that whoever is started over it again, after a crash as well, need not wait for the lease to end.
 */
/** Sees to it that a shared store has one server alone whose index is the embedded one. */
@Context
@Singleton
@Requires(property = "perpetua.store", value = "redis")
@Requires(property = "perpetua.index", value = "lucene", defaultValue = "lucene")
@Requires(notEnv = Contexts.TOOL)
final class IndexOwner {

    private static final Logger LOG = LoggerFactory.getLogger(IndexOwner.class);
    static final String INDEX = "index";
    static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final int MOST_TRIES = (int) LEASE.plusSeconds(2).dividedBy(BETWEEN_TRIES);
    private static final long PERIOD_SECONDS = 3;

    private final Leases leases;
    private final String directory;
    private final Pause pause;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("index-owner").daemon().factory());

    /** Whether another server had it when the store was asked last. */
    private boolean refused;

    @Inject
    IndexOwner(Leases leases, Settings settings, Ids ids) {
        this(leases, Path.of(settings.get(Keys.DATA)), ids, Thread::sleep);
    }

    IndexOwner(Leases leases, Path data, Supplier<String> ids, Pause pause) {
        this.leases = leases;
        this.pause = pause;
        directory = name(data, ids);
    }

    private static String name(Path data, Supplier<String> ids) {
        var file = data.resolve("index-owner.txt");
        try {
            Files.createDirectories(data);
            if (!Files.exists(file)) {
                Files.writeString(file, ids.get());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + data.toAbsolutePath() + " is not usable", e);
        }
    }

    /**
     * Waits until a server that has died would have lost the index.
     *
     * @throws Complaint when another server has it
     */
    @PostConstruct
    void start() {
        for (int tries = 0; !take(); tries++) {
            if (tries == MOST_TRIES) {
                throw new Complaint(
                        "Another server with the embedded index uses the same store. The embedded index knows "
                                + "only what its own server has stored: choose index: qdrant for all servers, or stop the other one.");
            }
            if (tries == 0) {
                LOG.info(
                        "Another server has the embedded index, or had it until it died: waiting for {} s",
                        LEASE.toSeconds());
            }
            pauseBetweenTries();
        }
        var _ = thread.scheduleWithFixedDelay(this::renew, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /** While the store is away nobody can be told of, and the server starts as it does without it. */
    private boolean take() {
        try {
            return leases.take(INDEX, directory, LEASE);
        } catch (StoreUnavailable e) {
            LOG.warn("Whether another server has the embedded index cannot be told: {}", e.getMessage());
            return true;
        }
    }

    private void pauseBetweenTries() {
        try {
            pause.of(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the embedded index", e);
        }
    }

    void renew() {
        try {
            boolean before = refused;
            refused = !leases.take(INDEX, directory, LEASE);
            if (refused && !before) {
                LOG.error(
                        "Another server with the embedded index uses the same store: each recalls only what it stored");
            }
        } catch (StoreUnavailable e) {
            LOG.debug("The lease of the embedded index is not renewed for now", e);
        } catch (RuntimeException e) {
            LOG.error("The lease of the embedded index is not renewed", e);
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdown();
        leases.release(INDEX, directory);
    }
}
