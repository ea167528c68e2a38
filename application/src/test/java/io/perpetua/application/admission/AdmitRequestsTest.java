package io.perpetua.application.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.perpetua.application.admission.Overloaded.Reason;
import io.perpetua.domain.admission.AdmissionPolicy;
import io.perpetua.domain.admission.Priority;
import io.perpetua.domain.admission.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AdmitRequestsTest {

    private static final Visitor ANNA = new Visitor("anna", true);
    private static final Visitor BEN = new Visitor("ben", true);

    private final AtomicLong now = new AtomicLong();
    private final Told told = new Told();

    /** What a listener was told. */
    private static final class Told implements AdmissionListener {

        final List<Reason> refused = new CopyOnWriteArrayList<>();
        final List<Duration> waits = new CopyOnWriteArrayList<>();
        volatile int served;
        volatile int waiting;

        @Override
        public void changed(int nowServed, int nowWaiting) {
            served = nowServed;
            waiting = nowWaiting;
        }

        @Override
        public void admitted(Duration waited) {
            waits.add(waited);
        }

        @Override
        public void refused(Reason reason) {
            refused.add(reason);
        }
    }

    private AdmitRequests admission(int atOnce, int waiting, Duration patience) {
        return new AdmitRequests(
                new AdmissionPolicy(atOnce, 3, waiting, waiting, 1, patience, Duration.ofSeconds(5)), now::get, told);
    }

    /** Enters on a thread of its own; returns when it waits. */
    private static Waiting waiting(AdmitRequests admission, Visitor visitor) {
        int before = admission.state().waiting();
        var waiting = new Waiting(admission, visitor);
        waiting.thread.start();
        while (admission.state().waiting() == before && waiting.thread.isAlive()) {
            Thread.onSpinWait();
        }
        return waiting;
    }

    private static final class Waiting {

        final AtomicReference<Place> place = new AtomicReference<>();
        final AtomicReference<RuntimeException> failure = new AtomicReference<>();
        final Thread thread;

        Waiting(AdmitRequests admission, Visitor visitor) {
            thread = Thread.ofVirtual().unstarted(() -> {
                try {
                    place.set(admission.enter(visitor, Priority.NORMAL, Supplier::get));
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
        }

        Place place() throws InterruptedException {
            thread.join();
            assertThat(failure.get()).isNull();
            return place.get();
        }

        RuntimeException failure() throws InterruptedException {
            thread.join();
            return failure.get();
        }
    }

    @Test
    void enter_whenAPlaceIsFree_doesNotWait() {
        var admission = admission(1, 10, Duration.ofHours(1));
        try (var place = admission.enter(ANNA, Priority.NORMAL, Supplier::get)) {
            assertThat(place.waited()).isZero();
            assertThat(admission.state().served()).isOne();
        }
        assertThat(admission.state().served()).isZero();
    }

    @Test
    void enter_whenNoPlaceIsFree_waitsForOne() throws InterruptedException {
        var admission = admission(1, 10, Duration.ofHours(1));
        var first = admission.enter(ANNA, Priority.NORMAL, Supplier::get);
        var second = waiting(admission, BEN);
        now.addAndGet(7_000_000_000L);
        first.close();
        assertThat(second.place().waited()).isEqualTo(Duration.ofSeconds(7));
        second.place().close();
        assertThat(admission.state().served()).isZero();
    }

    @Test
    void close_again_givesNothingBack() {
        var admission = admission(2, 10, Duration.ofHours(1));
        var first = admission.enter(ANNA, Priority.NORMAL, Supplier::get);
        admission.enter(BEN, Priority.NORMAL, Supplier::get);
        first.close();
        first.close();
        assertThat(admission.state().served()).isOne();
    }

    @Test
    void enter_whenTooManyWait_isRefusedAtOnceWithTheNumbers() {
        var admission = admission(1, 0, Duration.ofHours(1));
        admission.enter(ANNA, Priority.NORMAL, Supplier::get);
        assertThatExceptionOfType(Overloaded.class)
                .isThrownBy(() -> admission.enter(BEN, Priority.URGENT, Supplier::get))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.USER_QUEUE_FULL);
                    assertThat(refused.queue().served()).isOne();
                    assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
                });
    }

    @Test
    void enter_ofOneWhoIsDisplaced_isRefused() throws InterruptedException {
        var admission = new AdmitRequests(
                new AdmissionPolicy(1, 1, 1, 1, 1, Duration.ofHours(1), Duration.ofSeconds(5)), now::get, told);
        var first = admission.enter(ANNA, Priority.NORMAL, Supplier::get);
        var displaced = waiting(admission, BEN);
        var urgent =
                Thread.ofVirtual().start(() -> admission.enter(new Visitor("u", true), Priority.URGENT, Supplier::get));
        assertThat(displaced.failure())
                .isInstanceOfSatisfying(
                        Overloaded.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.DISPLACED));
        first.close();
        urgent.join();
        assertThat(admission.state().served()).isOne();
        assertThat(admission.state().waiting()).isZero();
        assertThat(told.refused).containsExactly(Reason.DISPLACED);
    }

    @Test
    void enter_whenItsTurnDoesNotCome_isTold() {
        var admission = admission(1, 10, Duration.ZERO);
        admission.enter(ANNA, Priority.NORMAL, Supplier::get);
        assertThatExceptionOfType(Overloaded.class)
                .isThrownBy(() -> admission.enter(BEN, Priority.NORMAL, Supplier::get))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.QUEUE_TIMEOUT));
        assertThat(admission.state().waiting()).isZero();
        assertThat(told.refused).containsExactly(Reason.QUEUE_TIMEOUT);
        assertThat(told.waits).containsExactly(Duration.ZERO);
        assertThat(told.waiting).isZero();
    }

    @Test
    void interrupt_whileItWaits_endsTheWaiting() throws InterruptedException {
        var admission = admission(1, 10, Duration.ofHours(1));
        var first = admission.enter(ANNA, Priority.NORMAL, Supplier::get);
        var second = waiting(admission, BEN);
        second.thread.interrupt();
        assertThat(second.failure()).isInstanceOf(CancellationException.class);
        assertThat(admission.state().waiting()).isZero();
        assertThat(told.served).isOne();
        first.close();
        assertThat(admission.state().served()).isZero();
        assertThat(told.served).isZero();
        assertThat(told.refused).isEmpty(); // it left by itself
    }

    /** Many who come, are let in, give up and leave at the same time: the bounds hold, and every place comes back. */
    @Test
    void anything_atOnce_keepsTheBoundsAndLosesNoPlace() throws Exception {
        var admission = new AdmitRequests(
                new AdmissionPolicy(8, 3, 200, 200, 1, Duration.ofHours(1), Duration.ofSeconds(5)),
                System::nanoTime,
                told);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        Map<String, AtomicInteger> byUser = new ConcurrentHashMap<>();
        var mostOfAUser = new AtomicInteger();
        var served = new AtomicInteger();
        var refused = new AtomicInteger();
        var start = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                var user = "u" + i % 20;
                boolean leaves = i % 7 == 0;
                all.add(threads.submit(() -> {
                    start.await();
                    if (leaves) {
                        Thread.currentThread().interrupt();
                    }
                    try (var _ = admission.enter(new Visitor(user, true), Priority.NORMAL, Supplier::get)) {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        var ofUser = byUser.computeIfAbsent(user, name -> new AtomicInteger());
                        mostOfAUser.accumulateAndGet(ofUser.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        ofUser.decrementAndGet();
                        inside.decrementAndGet();
                        served.incrementAndGet();
                    } catch (Overloaded | CancellationException e) {
                        refused.incrementAndGet();
                    }
                    return null;
                }));
            }
            start.countDown();
            for (var each : all) {
                each.get();
            }
        }
        assertThat(most.get()).isLessThanOrEqualTo(8);
        assertThat(mostOfAUser.get()).isLessThanOrEqualTo(3);
        assertThat(served.get() + refused.get()).isEqualTo(2_000);
        assertThat(served.get()).isPositive();
        assertThat(admission.state().served()).isZero();
        assertThat(admission.state().waiting()).isZero();
    }
}
