package io.perpetua.adapters.llm.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.resilience.Circuits.Leave;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Circuits under many threads at once, who do as chance has it. */
class ConcurrentCircuitsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int THREADS = 4;
    private static final int STEPS = 5_000;
    private static final Kind[] KINDS = Kind.values();

    private final AtomicLong seconds = new AtomicLong();
    private final ResilientCircuits circuits =
            new ResilientCircuits(ResilientCircuitsTest.defaults(), () -> NOON.plusSeconds(seconds.get()));
    private final List<Rung> rungs = List.of(Rung.of("one/large"), Rung.of("one/small"), Rung.of("other/large"));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anythingAtOnce_breaksNothing_andStaysUsable(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        run(() -> {
            SplittableRandom own;
            synchronized (random) {
                own = random.split();
            }
            return live(own);
        });

        for (Rung rung : rungs) {
            answer(rung); // which may be the call with which there are enough to see that most have failed
            answer(rung);
            assertThat(circuits.condition(rung).state()).isEqualTo(State.CLOSED);
        }
    }

    private void answer(Rung rung) {
        seconds.addAndGet(Duration.ofDays(1).toSeconds());
        Objects.requireNonNull(circuits.ask(rung), "a place was lost: " + circuits.condition(rung))
                .answered();
    }

    /** Asks and settles, some of it late and some of it twice. Returns how often it was let through. */
    private int live(SplittableRandom random) {
        var leaves = new ArrayList<Leave>();
        int given = 0;
        for (int i = 0; i < STEPS; i++) {
            var rung = rungs.get(random.nextInt(rungs.size()));
            var leave = circuits.ask(rung);
            if (leave != null) {
                leaves.add(leave);
                given++;
            }
            var condition = circuits.condition(rung);
            assertThat(condition.state()).isIn((Object[]) State.values());
            assertThat(condition.rest()).isBetween(Duration.ZERO, Duration.ofMinutes(30));
            if (!leaves.isEmpty() && random.nextBoolean()) {
                settle(leaves.get(random.nextInt(leaves.size())), random);
            }
            if (leaves.size() > 20) {
                leaves.removeFirst().forgone();
            }
            seconds.addAndGet(random.nextInt(4));
        }
        leaves.forEach(Leave::forgone);
        return given;
    }

    private static void settle(Leave leave, SplittableRandom random) {
        switch (random.nextInt(3)) {
            case 0 -> leave.answered();
            case 1 -> leave.forgone();
            default -> leave.failed(failure(KINDS[random.nextInt(KINDS.length)]));
        }
    }

    @Test
    void probes_areOutOneAtATime() throws Exception {
        var rung = rungs.getFirst();
        for (int i = 0; i < 10; i++) {
            Objects.requireNonNull(circuits.ask(rung)).failed(failure(Kind.UNAVAILABLE));
        }
        seconds.addAndGet(30);
        var out = new AtomicInteger();
        int probes = run(() -> {
                    int given = 0;
                    for (int i = 0; i < STEPS; i++) {
                        var leave = circuits.ask(rung);
                        if (leave != null) {
                            given++;
                            assertThat(out.incrementAndGet()).isEqualTo(1);
                            out.decrementAndGet();
                            if (i % 2 == 0) {
                                leave.forgone();
                            } else {
                                leave.failed(failure(Kind.BAD_REQUEST));
                            }
                        }
                    }
                    return given;
                })
                .stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(probes).isPositive();
        assertThat(circuits.condition(rung).state()).isEqualTo(State.HALF_OPEN);
    }

    private static ProviderFailure failure(Kind kind) {
        return new ProviderFailure(kind, "one", "scripted", 0, null, null, null);
    }

    private static List<Integer> run(Callable<Integer> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var results = new ArrayList<Integer>();
            for (var future : threads.invokeAll(
                    IntStream.range(0, THREADS).mapToObj(i -> work).toList())) {
                results.add(future.get());
            }
            return results;
        }
    }
}
