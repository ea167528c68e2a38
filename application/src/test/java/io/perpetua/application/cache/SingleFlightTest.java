package io.perpetua.application.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.Waiting;
import io.perpetua.application.cache.SingleFlight.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private static final int MANY = 20;
    private static final String LED = "led";
    private static final String ALONE = "alone";

    private final SingleFlight<String, String> flights = new SingleFlight<>(Duration.ofMinutes(1));
    private final BlockingQueue<SingleFlight<?, String>.Lead> leading = new LinkedBlockingQueue<>();
    private final Semaphore waits = new Semaphore(0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void everythingHasEnded() {
        threads.close();
        assertThat(leading).isEmpty();
        assertThat(flights.leads).isEmpty();
    }

    @Test
    void join_manyAtOnce_oneLeadsAndTheOthersGetTheSame() throws Exception {
        var turns = joinMany();
        var lead = leading.take();
        waits.acquire(MANY - 1);

        lead.land("a");

        assertThat(ended(turns)).containsOnlyOnce(LED).filteredOn("a"::equals).hasSize(MANY - 1);
    }

    @Test
    void join_leaderTakesTooLong_getsItsOwn() {
        var hasty = new SingleFlight<String, String>(Duration.ZERO);
        assertThat(hasty.join("k", Supplier::get)).isInstanceOf(SingleFlight.Turn.Leading.class);
        assertThat(hasty.join("k", Supplier::get)).isInstanceOf(SingleFlight.Turn.Alone.class);
    }

    @Test
    void close_manyWait_exactlyOneOfThemLeadsNext() throws Exception {
        var turns = joinMany();
        var first = leading.take();
        waits.acquire(MANY - 1);

        first.close();
        var second = leading.take();
        waits.acquire(MANY - 2);
        second.land("b");

        assertThat(ended(turns)).filteredOn("b"::equals).hasSize(MANY - 2);
        assertThat(ended(turns)).filteredOn(LED::equals).hasSize(2);
    }

    @Test
    void unshare_manyWait_everyoneGoesOnAlone() throws Exception {
        var turns = joinMany();
        var lead = leading.take();
        waits.acquire(MANY - 1);

        lead.unshare();

        assertThat(ended(turns)).filteredOn(ALONE::equals).hasSize(MANY - 1);
    }

    @Test
    void join_interruptedWhileWaiting_isCancelledAndNobodyElseIsAffected() throws Exception {
        var lead = lead("k");
        var cancelled = new CompletableFuture<Thread>();
        var gone = threads.submit(() -> flights.join("k", new Waiting() {
            @Override
            public <T> T until(Supplier<T> wait) {
                cancelled.complete(Thread.currentThread());
                return wait.get();
            }
        }));
        var patient = threads.submit(this::join);

        waits.acquire(1);
        cancelled.get().interrupt();

        assertThatThrownBy(gone::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancellationException.class);
        lead.land("a");
        assertThat(patient.get()).isEqualTo("a");
    }

    @Test
    void join_otherKey_doesNotWait() {
        var a = lead("a");
        var b = lead("b");

        a.close();
        b.close();
    }

    @Test
    void join_afterTheEnd_leadsAnew() {
        lead("a").land("x");
        lead("a").close();
        lead("a").unshare();
    }

    @Test
    void close_afterTheEnd_leavesTheNextLeaderAlone() throws Exception {
        var first = lead("k");
        first.land("x");
        var second = lead("k");

        first.close();

        assertThat(flights.leads).hasSize(1);
        second.close();
    }

    private SingleFlight<?, String>.Lead lead(String key) {
        return flights.join(key, uncounted()) instanceof Turn.Leading<String>(var lead) ? lead : notLeading();
    }

    private static SingleFlight<?, String>.Lead notLeading() {
        throw new AssertionError("somebody else leads");
    }

    private List<Future<String>> joinMany() {
        return Stream.generate(() -> (Callable<String>) this::join)
                .limit(MANY)
                .map(threads::submit)
                .toList();
    }

    private String join() {
        return switch (flights.join("k", counted())) {
            case Turn.Shared<String>(var value) -> value;
            case Turn.Alone<String> _ -> ALONE;
            case Turn.Leading<String>(var lead) -> {
                leading.add(lead);
                yield LED;
            }
        };
    }

    private static List<String> ended(List<Future<String>> turns) throws Exception {
        var ended = new ArrayList<String>();
        for (var turn : turns) {
            ended.add(turn.get());
        }
        return ended;
    }

    /** Counts who is about to wait. */
    private Waiting counted() {
        return new Waiting() {
            @Override
            public <T> T until(Supplier<T> wait) {
                waits.release();
                return wait.get();
            }
        };
    }

    private static Waiting uncounted() {
        return new Waiting() {
            @Override
            public <T> T until(Supplier<T> wait) {
                return wait.get();
            }
        };
    }
}
