package io.perpetua.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.access.Meter.Window;
import io.perpetua.application.access.Quotas.Level;
import io.perpetua.application.access.Quotas.Taking;
import io.perpetua.application.access.Quotas.Taking.Refused;
import io.perpetua.application.access.Quotas.Taking.Taken;
import io.perpetua.domain.access.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Quotas} owes its callers. Times are exact to the microsecond. */
public abstract class QuotasContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String TENANT = "zürich 🚀";
    private static final int THREADS = 64;

    /** Shared stores need no cleaning. */
    private final String name = "contract-" + UUID.randomUUID();

    private final Meter minute = new Meter(TENANT, name, 10, Window.MINUTE);
    private final Meter day = new Meter(TENANT, name, 15, Window.DAY);

    /** A store; each call may give another instance over the same. */
    protected abstract Quotas quotas();

    @Test
    void take_first_leavesTheRestOfAMinuteThatBeginsNow() {
        assertThat(take(3, NOON, minute)).isEqualTo(taken(new Level(minute, 7, MINUTE)));
        assertThat(take(7, NOON.plusSeconds(20), minute))
                .isEqualTo(taken(new Level(minute, 0, Duration.ofSeconds(40))));
    }

    @Test
    void take_moreThanIsLeft_isRefusedUntilTheMinuteEnds_andTakesNothing() {
        take(8, NOON, minute);

        assertThat(take(3, NOON.plusMillis(59_999), minute))
                .isEqualTo(new Refused(new Level(minute, 2, Duration.ofMillis(1)), Duration.ofMillis(1)));
        assertThat(take(2, NOON.plusMillis(59_999), minute)).isInstanceOf(Taken.class);
        assertThat(take(10, NOON.plus(MINUTE), minute)).isEqualTo(taken(new Level(minute, 0, MINUTE)));
    }

    @Test
    void minute_beginsWithTheFirstUseAfterTheOneBefore() {
        take(10, NOON, minute);

        assertThat(take(1, NOON.plusSeconds(75), minute)).isEqualTo(taken(new Level(minute, 9, MINUTE)));
        assertThat(take(10, NOON.plusSeconds(120), minute))
                .isEqualTo(new Refused(new Level(minute, 9, Duration.ofSeconds(15)), Duration.ofSeconds(15)));
    }

    @Test
    void minute_refusedUse_beginsNone() {
        take(11, NOON, minute);

        assertThat(take(1, NOON.plusSeconds(30), minute)).isEqualTo(taken(new Level(minute, 9, MINUTE)));
    }

    @Test
    void minute_givenBackWhole_endsNoSooner() {
        take(10, NOON, minute);
        correct(-10, NOON.plusSeconds(10), minute);

        assertThat(take(4, NOON.plusSeconds(30), minute))
                .isEqualTo(taken(new Level(minute, 6, Duration.ofSeconds(30))));
    }

    @Test
    void day_isOfUtc() {
        var evening = Instant.parse("2026-01-31T23:59:00Z");
        assertThat(take(15, evening, day)).isEqualTo(taken(new Level(day, 0, MINUTE)));
        assertThat(take(1, evening.plusSeconds(59), day))
                .isEqualTo(new Refused(new Level(day, 0, Duration.ofSeconds(1)), Duration.ofSeconds(1)));

        assertThat(take(15, evening.plusSeconds(60), day)).isEqualTo(taken(new Level(day, 0, Duration.ofDays(1))));
    }

    @Test
    void day_daysLater_isThatDay() {
        take(15, NOON, day);

        assertThat(take(1, NOON.plus(Duration.ofHours(100)), day))
                .isEqualTo(taken(new Level(day, 14, Duration.ofHours(8))));
    }

    @Test
    void take_ofSeveral_isAllOrNothing() {
        assertThat(take(10, NOON, minute, day))
                .isEqualTo(taken(new Level(minute, 0, MINUTE), new Level(day, 5, Duration.ofHours(12))));

        assertThat(take(6, NOON.plus(MINUTE), minute, day)).isInstanceOf(Refused.class);
        assertThat(take(5, NOON.plus(MINUTE), minute, day))
                .isEqualTo(taken(
                        new Level(minute, 5, MINUTE),
                        new Level(day, 0, Duration.ofHours(12).minus(MINUTE))));
    }

    @Test
    void take_severalRefuse_tellsOfTheOneThatHasLast() {
        take(10, NOON, minute, day);

        var refused = new Refused(new Level(day, 5, Duration.ofHours(12)), Duration.ofHours(12));
        assertThat(take(6, NOON, minute, day)).isEqualTo(refused);
        assertThat(take(6, NOON, day, minute)).isEqualTo(refused);
    }

    @Test
    void take_oneNeverHasThatMuch_tellsOfThatOne() {
        take(15, NOON, day);

        assertThat(take(11, NOON, day, minute)).isEqualTo(new Refused(new Level(minute, 10, MINUTE), MINUTE));
    }

    @ParameterizedTest
    @EnumSource(Window.class)
    void take_moreThanTheLimit_isRefusedForAWindowsLength(Window window) {
        var meter = new Meter(TENANT, name, 10, window);

        for (long amount : List.of(11L, Rates.MOST, Long.MAX_VALUE)) {
            assertThat(take(amount, NOON, meter)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.retryAfter()).isEqualTo(window.length());
                assertThat(refused.by().left()).isEqualTo(10);
            });
        }
        assertThat(take(10, NOON, meter)).isInstanceOf(Taken.class);
    }

    @Test
    void take_noMeters_isTaken() {
        assertThat(take(5, NOON)).isEqualTo(taken());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void take_nothing_isRefused(long amount) {
        assertThatThrownBy(() -> take(amount, NOON, minute)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void take_highestLimit_isCountedToTheLast() {
        var high = new Meter(TENANT, name, Rates.MOST, Window.MINUTE);

        assertThat(take(Rates.MOST - 1, NOON, high)).isEqualTo(taken(new Level(high, 1, MINUTE)));
        assertThat(take(2, NOON, high)).isInstanceOf(Refused.class);
        assertThat(take(1, NOON, high)).isEqualTo(taken(new Level(high, 0, MINUTE)));
        assertThat(take(Rates.MOST, NOON.plus(MINUTE), high)).isInstanceOf(Taken.class);
    }

    @Test
    void meters_ofAnotherNameLimitOrWindow_countByThemselves() {
        take(10, NOON, minute);

        for (Meter other : List.of(
                new Meter(TENANT, name + "2", 10, Window.MINUTE),
                new Meter(TENANT, name, 11, Window.MINUTE),
                new Meter(TENANT, name, 10, Window.DAY))) {
            assertThat(take(10, NOON, other)).isInstanceOf(Taken.class);
        }
        assertThat(take(1, NOON, minute)).isInstanceOf(Refused.class);
    }

    @Test
    void correct_usedLess_givesTheRestBack() {
        take(10, NOON, minute, day);

        correct(-4, NOON, minute, day);

        assertThat(take(1, NOON, minute, day))
                .isEqualTo(taken(new Level(minute, 3, MINUTE), new Level(day, 8, Duration.ofHours(12))));
    }

    @Test
    void correct_neverGivesMoreThanTheLimit() {
        take(3, NOON, minute);

        correct(-100, NOON, minute);

        assertThat(take(11, NOON, minute)).isInstanceOf(Refused.class);
        assertThat(take(10, NOON, minute)).isEqualTo(taken(new Level(minute, 0, MINUTE)));
    }

    @Test
    void correct_givingBackAfterTheWindow_beginsNone() {
        take(3, NOON, minute);

        correct(-3, NOON.plusSeconds(90), minute);

        assertThat(take(10, NOON.plusSeconds(100), minute)).isEqualTo(taken(new Level(minute, 0, MINUTE)));
    }

    @Test
    void correct_usedMore_isPaidBackByTheWindowsToCome() {
        take(10, NOON, minute);
        correct(15, NOON.plusSeconds(1), minute);

        assertThat(take(1, NOON.plusSeconds(2), minute))
                .isEqualTo(new Refused(new Level(minute, -15, Duration.ofSeconds(58)), Duration.ofSeconds(118)));
        assertThat(take(1, NOON.plusSeconds(60), minute)).isEqualTo(new Refused(new Level(minute, -5, MINUTE), MINUTE));
        assertThat(take(6, NOON.plusSeconds(150), minute))
                .isEqualTo(new Refused(new Level(minute, 5, Duration.ofSeconds(30)), Duration.ofSeconds(30)));
        assertThat(take(5, NOON.plusSeconds(150), minute))
                .isEqualTo(taken(new Level(minute, 0, Duration.ofSeconds(30))));
        assertThat(take(10, NOON.plusSeconds(200), minute)).isEqualTo(taken(new Level(minute, 0, MINUTE)));
    }

    @Test
    void correct_debtOfADay_isPaidBackByTheNext() {
        take(15, NOON, day);
        correct(10, NOON, day);

        assertThat(take(6, NOON.plus(Duration.ofDays(1)), day))
                .isEqualTo(new Refused(new Level(day, 5, Duration.ofHours(12)), Duration.ofHours(12)));
        assertThat(take(5, NOON.plus(Duration.ofDays(1)), day)).isInstanceOf(Taken.class);
    }

    @Test
    void correct_unusedMeter_beginsAWindow() {
        correct(12, NOON, minute);

        assertThat(take(1, NOON.plusSeconds(59), minute))
                .isEqualTo(new Refused(new Level(minute, -2, Duration.ofSeconds(1)), Duration.ofSeconds(1)));
    }

    @Test
    void clock_thatStepsBack_earnsNothing() {
        take(10, NOON, minute);
        take(15, NOON, day);

        for (int seconds : List.of(1, 30, 60)) {
            assertThat(take(1, NOON.minusSeconds(seconds), minute))
                    .isEqualTo(new Refused(
                            new Level(minute, 0, Duration.ofSeconds(60 + seconds)), Duration.ofSeconds(60 + seconds)));
        }
        assertThat(take(1, NOON.minus(Duration.ofHours(13)), day)).isInstanceOf(Refused.class);
        assertThat(take(1, NOON.plusSeconds(59), minute)).isInstanceOf(Refused.class);
        assertThat(take(1, NOON.plusSeconds(60), minute)).isInstanceOf(Taken.class);
    }

    @Test
    void clock_thatStepsBackIntoAWindowThatIsOver_earnsNothing() {
        take(10, NOON, minute);
        take(10, NOON.plusSeconds(60), minute);

        assertThat(take(1, NOON.plusSeconds(59), minute)).isInstanceOf(Refused.class);
        assertThat(take(1, NOON.plusSeconds(119), minute)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @EnumSource(Window.class)
    void clock_thatWasFarAhead_locksNobodyOut(Window window) {
        var meter = new Meter(TENANT, name, 10, window);
        take(9, NOON.plus(Duration.ofDays(400)), meter);

        assertThat(take(2, NOON, meter)).isInstanceOf(Refused.class);
        assertThat(take(1, NOON, meter)).isInstanceOf(Taken.class);
        assertThat(take(1, NOON, meter)).isInstanceOf(Refused.class);
        assertThat(take(10, NOON.plus(window.length()), meter)).isInstanceOf(Taken.class);
    }

    @ParameterizedTest
    @EnumSource(Window.class)
    void take_byManyAtOnce_takesExactlyTheLimit(Window window) {
        var meter = new Meter(TENANT, name, 100, window);
        var taken = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < THREADS; thread++) {
                executor.execute(() -> IntStream.range(0, 5)
                        .filter(_ -> take(1, NOON, meter) instanceof Taken)
                        .forEach(_ -> taken.incrementAndGet()));
            }
        }

        assertThat(taken).hasValue(100);
    }

    @Test
    void take_ofOverlappingMetersAtOnce_takesExactlyTheLimitOfEach() {
        var shared = new Meter(TENANT, name + "shared", 100, Window.DAY);
        var taken = IntStream.range(0, 4).mapToObj(_ -> new AtomicInteger()).toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < THREADS; thread++) {
                int user = thread % 4;
                var own = new Meter(TENANT, name + user, 30, Window.MINUTE);
                executor.execute(() -> IntStream.range(0, 5)
                        .filter(_ -> take(1, NOON, own, shared) instanceof Taken)
                        .forEach(_ -> taken.get(user).incrementAndGet()));
            }
        }

        assertThat(taken.stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(100);
        assertThat(taken).allSatisfy(each -> assertThat(each).hasValueLessThanOrEqualTo(30));
        assertThat(take(1, NOON, shared)).isInstanceOf(Refused.class);
        for (int user = 0; user < 4; user++) {
            long left = 30L - taken.get(user).get();
            var own = new Meter(TENANT, name + user, 30, Window.MINUTE);
            assertThat(take(left + 1, NOON, own)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void takeAndCorrect_byManyAtOnce_addsUp() {
        var meter = new Meter(TENANT, name, 1_000, Window.DAY);
        var used = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < THREADS; thread++) {
                var random = new SplittableRandom(thread);
                executor.execute(() -> {
                    for (int i = 0; i < 4; i++) {
                        if (take(20, NOON, meter) instanceof Taken) {
                            int really = random.nextInt(4);
                            correct(really - 20, NOON, meter);
                            used.addAndGet(really);
                        }
                    }
                });
            }
        }

        int left = 1_000 - used.get();
        assertThat(take(left + 1, NOON, meter)).isInstanceOf(Refused.class);
        assertThat(take(left, NOON, meter)).isInstanceOf(Taken.class);
    }

    private Taking take(long amount, Instant now, Meter... meters) {
        return quotas().take(List.of(meters), amount, now);
    }

    private void correct(long amount, Instant now, Meter... meters) {
        quotas().correct(List.of(meters), amount, now);
    }

    private static Taken taken(Level... levels) {
        return new Taken(List.of(levels));
    }
}
