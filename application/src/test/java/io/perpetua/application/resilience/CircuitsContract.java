package io.perpetua.application.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.resilience.Circuits.Condition;
import io.perpetua.application.resilience.Circuits.Leave;
import io.perpetua.application.resilience.Circuits.State;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderFailure.Kind;
import io.perpetua.domain.routing.Rung;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Circuits} owes its callers: with 20 calls looked at, 10 needed, half of them failed, 30 s of rest, 10 s
 * for a rate limit that does not say, and 30 min for a refused key.
 */
public abstract class CircuitsContract {

    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final Duration UNSAID = Duration.ofSeconds(10);
    private static final Duration KEY = Duration.ofMinutes(30);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final Condition CLOSED = new Condition(State.CLOSED, Duration.ZERO);
    private static final Condition HALF_OPEN = new Condition(State.HALF_OPEN, Duration.ZERO);

    private final Rung rung = Rung.of("one/large");
    private final Rung sibling = Rung.of("one/small");
    private final Rung stranger = Rung.of("other/large");

    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private Circuits circuits;

    @BeforeEach
    void start() {
        circuits = circuits(() -> now);
    }

    /** Circuits of nobody asked so far, which take the time from {@code clock}. */
    protected abstract Circuits circuits(InstantSource clock);

    @Test
    void ask_nothingKnown_isGiven() {
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
        assertThat(circuits.ask(rung)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "TIMEOUT", "MALFORMED", "TRUNCATED"})
    void failed_tenOfTen_opens(Kind kind) {
        fail(rung, kind, 9);
        assertThat(circuits.condition(rung)).as("too few to judge").isEqualTo(CLOSED);

        fail(rung, kind, 1);
        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.OPEN, OPEN));
        assertThat(circuits.ask(rung)).isNull();
    }

    @Test
    void failed_halfOfTwenty_opens() {
        succeed(rung, 10);
        fail(rung, Kind.UNAVAILABLE, 9);
        assertThat(circuits.condition(rung)).as("9 of 19").isEqualTo(CLOSED);

        fail(rung, Kind.UNAVAILABLE, 1);
        assertThat(circuits.condition(rung).state()).isEqualTo(State.OPEN);
    }

    @Test
    void failed_afterAThousandSuccesses_opensAllTheSame() {
        succeed(rung, 1_000);
        fail(rung, Kind.TIMEOUT, 9);
        assertThat(circuits.condition(rung)).as("9 of the latest 20").isEqualTo(CLOSED);

        fail(rung, Kind.TIMEOUT, 1);
        assertThat(circuits.condition(rung).state()).isEqualTo(State.OPEN);
    }

    @Test
    void failed_longAgo_isForgotten() {
        succeed(rung, 10);
        fail(rung, Kind.TIMEOUT, 9);
        succeed(rung, 20);
        fail(rung, Kind.TIMEOUT, 9);

        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
    }

    @Test
    void failed_afterItHadAnswered_counts() {
        var leaves = Stream.generate(() -> ask(rung)).limit(10).toList();
        leaves.forEach(Leave::answered);
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);

        leaves.forEach(leave -> leave.failed(failure(Kind.TRUNCATED, null)));
        assertThat(circuits.condition(rung).state()).isEqualTo(State.OPEN);
    }

    @Test
    void open_restsFor30Seconds_thenLetsOneTry() {
        open(rung);

        pass(OPEN.minus(NANO));
        assertThat(circuits.ask(rung)).isNull();
        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.OPEN, NANO));

        pass(NANO);
        assertThat(circuits.condition(rung)).isEqualTo(HALF_OPEN);
        assertThat(circuits.ask(rung)).isNotNull();
        assertThat(circuits.ask(rung)).as("one at a time").isNull();
        assertThat(circuits.condition(rung)).isEqualTo(HALF_OPEN);
    }

    @Test
    void halfOpen_manyAtOnce_oneTries() throws Exception {
        open(rung);
        pass(OPEN);

        assertThat(together(() -> circuits.ask(rung)).stream().filter(Objects::nonNull))
                .hasSize(1);
    }

    @Test
    void probe_answered_closes() {
        var probe = probe();
        probe.answered();

        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
        fail(rung, Kind.UNAVAILABLE, 9);
        assertThat(circuits.condition(rung)).as("what was before is forgotten").isEqualTo(CLOSED);
    }

    @Test
    void probe_failed_opensAgain() {
        var probe = probe();
        pass(Duration.ofSeconds(5));
        probe.failed(failure(Kind.TIMEOUT, null));

        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.OPEN, OPEN));
        pass(OPEN);
        ask(rung).answered();
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forgone", "BAD_REQUEST", "UNSUPPORTED", "UNKNOWN_MODEL", "CONTEXT_TOO_LONG"})
    void probe_nothingCameOfIt_leavesThePlaceToAnother(String what) {
        settle(probe(), what);

        assertThat(circuits.condition(rung)).isEqualTo(HALF_OPEN);
        ask(rung);
        assertThat(circuits.ask(rung)).isNull();
    }

    @Test
    void probe_settledTwice_freesOnePlace() {
        var probe = probe();
        probe.forgone();
        ask(rung);
        probe.forgone();
        probe.failed(failure(Kind.BAD_REQUEST, null));

        assertThat(circuits.ask(rung)).isNull();
    }

    @Test
    void halfOpen_callsOfBefore_decideNothing() {
        var success = ask(rung);
        var failure = ask(rung);
        var forgone = ask(rung);
        probe();
        success.answered();
        assertThat(circuits.condition(rung)).isEqualTo(HALF_OPEN);
        failure.failed(failure(Kind.UNAVAILABLE, null));
        assertThat(circuits.condition(rung)).isEqualTo(HALF_OPEN);
        forgone.forgone();
        assertThat(circuits.ask(rung)).as("the probe is still out").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"forgone", "BAD_REQUEST", "UNSUPPORTED", "UNKNOWN_MODEL", "CONTEXT_TOO_LONG"})
    void settled_byNoFaultOfTheProvider_changesNothing(String what) {
        fail(rung, Kind.UNAVAILABLE, 9);
        for (int i = 0; i < 30; i++) {
            settle(ask(rung), what);
        }
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);

        fail(rung, Kind.UNAVAILABLE, 1);
        assertThat(circuits.condition(rung).state()).isEqualTo(State.OPEN);
    }

    @Test
    void settled_twice_countsOnce() {
        for (int i = 0; i < 9; i++) {
            var leave = ask(rung);
            leave.failed(failure(Kind.UNAVAILABLE, null));
            leave.failed(failure(Kind.UNAVAILABLE, null));
            leave.answered();
            leave.forgone();
        }
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
        fail(rung, Kind.UNAVAILABLE, 1);
        assertThat(circuits.condition(rung).state()).isEqualTo(State.OPEN);
    }

    @Test
    void rateLimited_coolsForAsLongAsItSaid() {
        limit(rung, Duration.ofMillis(2_500));

        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.COOLING_DOWN, Duration.ofMillis(2_500)));
        assertThat(circuits.ask(rung)).isNull();
        pass(Duration.ofMillis(2_500).minus(NANO));
        assertThat(circuits.ask(rung)).isNull();
        pass(NANO);
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
        assertThat(circuits.ask(rung)).isNotNull();
    }

    @Test
    void rateLimited_withoutAWord_coolsFor10Seconds() {
        limit(rung, null);

        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.COOLING_DOWN, UNSAID));
    }

    @Test
    void rateLimited_forLongerThanTimeGoes_coolsForLong() {
        limit(rung, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(circuits.condition(rung).state()).isEqualTo(State.COOLING_DOWN);
        pass(Duration.ofHours(23));
        assertThat(circuits.ask(rung)).isNull();
    }

    @Test
    void rateLimited_concernsThatRungAlone() {
        limit(rung, null);

        assertThat(circuits.condition(sibling)).isEqualTo(CLOSED);
        assertThat(circuits.ask(sibling)).isNotNull();
    }

    @Test
    void rateLimited_isNotAFailure() {
        fail(rung, Kind.UNAVAILABLE, 9);
        for (int i = 0; i < 3; i++) {
            limit(rung, UNSAID);
            pass(UNSAID);
        }
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
    }

    @Test
    void coolingDown_shorterLimitOrSuccess_doNotShortenIt() {
        var shorter = ask(rung);
        var success = ask(rung);
        limit(rung, Duration.ofMinutes(1));
        shorter.failed(failure(Kind.RATE_LIMITED, Duration.ofSeconds(1)));
        success.answered();

        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.COOLING_DOWN, Duration.ofMinutes(1)));
    }

    @Test
    void unavailable_thatAsksForARest_coolsAndCounts() {
        for (int i = 0; i < 9; i++) {
            ask(rung).failed(failure(Kind.UNAVAILABLE, null));
        }
        ask(sibling).failed(failure(Kind.UNAVAILABLE, Duration.ofSeconds(3)));
        assertThat(circuits.condition(sibling)).isEqualTo(new Condition(State.COOLING_DOWN, Duration.ofSeconds(3)));

        ask(rung).failed(failure(Kind.UNAVAILABLE, Duration.ofSeconds(3)));
        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.OPEN, OPEN));
    }

    @Test
    void probe_rateLimited_coolsAndStaysHalfOpen() {
        probe().failed(failure(Kind.RATE_LIMITED, UNSAID));

        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.COOLING_DOWN, UNSAID));
        pass(UNSAID);
        assertThat(circuits.condition(rung)).isEqualTo(HALF_OPEN);
        ask(rung).answered();
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
    }

    @Test
    void open_andCoolingDown_theLongerRestIsTold() {
        var slow = ask(rung);
        open(rung);
        slow.failed(failure(Kind.RATE_LIMITED, UNSAID));
        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.OPEN, OPEN));

        slow = ask(sibling);
        open(sibling);
        slow.failed(failure(Kind.RATE_LIMITED, OPEN.plus(UNSAID)));
        assertThat(circuits.condition(sibling)).isEqualTo(new Condition(State.COOLING_DOWN, OPEN.plus(UNSAID)));
    }

    @Test
    void refusedKey_takesEveryRungOfTheProviderOut() {
        refuseKey();

        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.KEY_REFUSED, KEY));
        assertThat(circuits.condition(sibling)).isEqualTo(new Condition(State.KEY_REFUSED, KEY));
        assertThat(circuits.ask(sibling)).isNull();
        assertThat(circuits.condition(stranger)).isEqualTo(CLOSED);
        assertThat(circuits.ask(stranger)).isNotNull();
    }

    @Test
    void refusedKey_after30Minutes_oneCallTriesItForAll() throws Exception {
        refuseKey();
        pass(KEY.minus(NANO));
        assertThat(circuits.ask(rung)).isNull();
        pass(NANO);
        assertThat(circuits.condition(sibling)).isEqualTo(HALF_OPEN);

        var given = together(() -> circuits.ask(sibling)).stream()
                .filter(Objects::nonNull)
                .toList();
        assertThat(given).hasSize(1);
        assertThat(circuits.ask(rung)).as("one for the provider").isNull();
        given.getFirst().answered();
        assertThat(circuits.condition(rung)).isEqualTo(CLOSED);
        assertThat(circuits.ask(rung)).isNotNull();
    }

    @Test
    void refusedKey_refusedAgain_restsAgain() {
        refuseKey();
        pass(KEY);
        ask(rung).failed(failure(Kind.REFUSED_KEY, null));

        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.KEY_REFUSED, KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"forgone", "BAD_REQUEST", "UNAVAILABLE"})
    void refusedKey_triedToNoEnd_leavesThePlaceToAnother(String what) {
        refuseKey();
        pass(KEY);
        settle(ask(rung), what);

        assertThat(circuits.condition(rung)).isEqualTo(HALF_OPEN);
        ask(sibling);
        assertThat(circuits.ask(rung)).isNull();
    }

    @Test
    void refusedKey_successUnderWayBefore_doesNotLiftIt() {
        var before = ask(rung);
        refuseKey();
        before.answered();
        assertThat(circuits.condition(rung)).isEqualTo(new Condition(State.KEY_REFUSED, KEY));

        pass(KEY);
        ask(rung);
        before.forgone();
        assertThat(circuits.ask(rung)).as("somebody is trying it").isNull();
    }

    @Test
    void rungsOfAProvider_doNotConcernEachOther() {
        open(rung);

        assertThat(circuits.condition(sibling)).isEqualTo(CLOSED);
        assertThat(circuits.ask(sibling)).isNotNull();
    }

    @Test
    void ask_thousandsOfOthers_forgetsNoTrouble() {
        open(rung);
        limit(sibling, UNSAID);
        for (int i = 0; i < 5_000; i++) {
            ask(new Rung("other", "model-" + i)).forgone();
        }
        assertThat(circuits.condition(rung).state()).isEqualTo(State.OPEN);
        assertThat(circuits.condition(sibling).state()).isEqualTo(State.COOLING_DOWN);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Leave ask(Rung which) {
        var leave = circuits.ask(which);
        if (leave == null) {
            throw new AssertionError(which + " is not to be asked: " + circuits.condition(which));
        }
        return leave;
    }

    private void succeed(Rung which, int times) {
        times(times, i -> ask(which).answered());
    }

    private void fail(Rung which, Kind kind, int times) {
        times(times, i -> ask(which).failed(failure(kind, null)));
    }

    private static void times(int times, Consumer<Integer> action) {
        for (int i = 0; i < times; i++) {
            action.accept(i);
        }
    }

    private void open(Rung which) {
        fail(which, Kind.UNAVAILABLE, 10);
    }

    private void limit(Rung which, @Nullable Duration retryAfter) {
        ask(which).failed(failure(Kind.RATE_LIMITED, retryAfter));
    }

    private void refuseKey() {
        ask(rung).failed(failure(Kind.REFUSED_KEY, null));
    }

    /** The one call that tries a rung whose rest is over. */
    private Leave probe() {
        open(rung);
        pass(OPEN);
        return ask(rung);
    }

    private static void settle(Leave leave, String what) {
        if (what.equals("forgone")) {
            leave.forgone();
        } else {
            leave.failed(failure(Kind.valueOf(what), null));
        }
    }

    private static ProviderFailure failure(Kind kind, @Nullable Duration retryAfter) {
        return new ProviderFailure(kind, "one", "scripted", 0, retryAfter, null, null);
    }

    /** What 32 threads get that call at once. */
    private static <T extends @Nullable Object> List<T> together(Callable<T> call)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future :
                    threads.invokeAll(Stream.generate(() -> call).limit(32).toList())) {
                results.add(future.get());
            }
            return results;
        }
    }
}
