package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.perpetua.application.lease.InMemoryLeases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class IndexOwnerTest {

    @TempDir
    Path data;

    private long nanos;
    private final InMemoryLeases leases = new InMemoryLeases(() -> nanos);
    private final AtomicInteger ids = new AtomicInteger();
    private final List<IndexOwner> owners = new ArrayList<>();

    @AfterEach
    void stop() {
        owners.forEach(IndexOwner::stop);
    }

    @Test
    void start_anotherServerHasTheIndex_isRefusedAndSaysWhatToDo() {
        owner("one").start();
        var other = owner("other");

        assertThatThrownBy(other::start)
                .isInstanceOf(Complaint.class)
                .hasMessageContainingAll("Another server", "index: qdrant");
    }

    @Test
    void start_theOtherHasStopped_isTaken() {
        var one = owner("one");
        one.start();
        one.stop();

        owner("other").start();

        assertThat(nanos).isZero();
    }

    @Test
    void start_theOtherHasDied_isTakenWhenItsLeaseHasEnded() {
        assertThat(leases.take(IndexOwner.INDEX, "dead", IndexOwner.LEASE)).isTrue();

        waiting("other").start();

        assertThat(Duration.ofNanos(nanos)).isBetween(IndexOwner.LEASE, Duration.ofSeconds(15));
    }

    @Test
    void start_overTheSameDirectoryAfterACrash_waitsForNothing() {
        owner("one").start();

        owner("one").start();

        assertThat(nanos).isZero();
    }

    @Test
    void start_storeAway_startsAllTheSame() {
        leases.away(true);

        assertThatCode(owner("one")::start).doesNotThrowAnyException();
    }

    @Test
    void renew_startedWithTheStoreAwayAndAnotherHasTheIndex_isToldOnce() {
        var told = new ListAppender<ILoggingEvent>();
        told.start();
        var logger = (Logger) LoggerFactory.getLogger(IndexOwner.class);
        logger.addAppender(told);
        try {
            leases.away(true);
            var one = owner("one");
            one.start();
            leases.away(false);
            owner("other").start();

            one.renew();
            one.renew();

            assertThat(told.list)
                    .filteredOn(event -> event.getLevel() == Level.ERROR)
                    .singleElement()
                    .matches(event -> event.getFormattedMessage().contains("Another server"));
        } finally {
            logger.detachAppender(told);
        }
    }

    private IndexOwner owner(String directory) {
        return added(new IndexOwner(leases, data.resolve(directory), this::id, _ -> {}));
    }

    /** Time passes while it waits. */
    private IndexOwner waiting(String directory) {
        return added(new IndexOwner(leases, data.resolve(directory), this::id, time -> nanos += time.toNanos()));
    }

    private IndexOwner added(IndexOwner owner) {
        owners.add(owner);
        return owner;
    }

    private String id() {
        return "id" + ids.incrementAndGet();
    }
}
