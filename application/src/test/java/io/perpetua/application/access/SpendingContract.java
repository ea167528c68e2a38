package io.perpetua.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Spending} owes its callers. */
public abstract class SpendingContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final int THREADS = 64;

    /** Shared stores need no cleaning. */
    private final String account = "contract-" + UUID.randomUUID();

    /** A store; each call may give another instance over the same. */
    protected abstract Spending spending();

    @Test
    void spent_nothing_isZero() {
        assertThat(spent(Period.TOTAL, NOON)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Period.class)
    void reserve_downToTheLastBillionth_isReserved(Period period) {
        assertThat(reserve("a", 70, period, NOON)).isTrue();
        assertThat(reserve("b", 31, period, NOON)).isFalse();
        assertThat(reserve("c", 30, period, NOON)).isTrue();
        assertThat(reserve("d", 1, period, NOON)).isFalse();
        assertThat(reserve("e", 0, period, NOON)).isTrue();

        assertThat(spent(period, NOON)).isEqualTo(100);
    }

    @Test
    void reserve_moreThanTheBudget_isRefusedWithoutATrace() {
        assertThat(reserve("a", 101, Period.DAY, NOON)).isFalse();
        assertThat(reserve("b", Long.MAX_VALUE, Period.DAY, NOON)).isFalse();

        assertThat(spent(Period.DAY, NOON)).isZero();
        assertThat(reserve("a", 100, Period.DAY, NOON)).isTrue();
    }

    @Test
    void reserve_againWhileReserved_isReservedOnce() {
        assertThat(reserve("a", 60, Period.DAY, NOON)).isTrue();
        assertThat(reserve("a", 60, Period.DAY, NOON)).isTrue();

        assertThat(spent(Period.DAY, NOON)).isEqualTo(60);
    }

    @Test
    void settle_forLess_givesTheRestBack() {
        reserve("a", 100, Period.DAY, NOON);

        settle("a", 1);

        assertThat(spent(Period.DAY, NOON)).isEqualTo(1);
        assertThat(reserve("b", 99, Period.DAY, NOON)).isTrue();
    }

    @Test
    void settle_forMoreThanThereIs_isCountedAndNothingIsLeft() {
        reserve("a", 100, Period.DAY, NOON);

        settle("a", 250);

        assertThat(spent(Period.DAY, NOON)).isEqualTo(250);
        assertThat(reserve("b", 1, Period.DAY, NOON)).isFalse();
    }

    @Test
    void settle_forMoreThanCanBeCounted_countsTheMost() {
        reserve("a", 10, Period.DAY, NOON);
        reserve("b", 10, Period.DAY, NOON);

        settle("a", Long.MAX_VALUE);
        assertThat(spent(Period.DAY, NOON)).isEqualTo(Long.MAX_VALUE);
        assertThat(reserve("c", Long.MAX_VALUE, Period.DAY, NOON)).isFalse();
    }

    @Test
    void settle_again_doesNothing() {
        reserve("a", 100, Period.DAY, NOON);
        settle("a", 10);

        settle("a", 0);
        settle("a", 90);

        assertThat(spent(Period.DAY, NOON)).isEqualTo(10);
    }

    @Test
    void settle_neverReserved_doesNothing() {
        reserve("refused", 101, Period.DAY, NOON);

        settle("refused", 50);
        settle("unknown", 50);

        assertThat(spent(Period.DAY, NOON)).isZero();
    }

    @Test
    void settle_ofAnotherAccount_doesNothing() {
        reserve("a", 100, Period.DAY, NOON);

        spending().settle(account + "a", account + "2", 1);

        assertThat(spent(Period.DAY, NOON)).isEqualTo(100);
    }

    @Test
    void settle_amountsThatFillALong_areExact() {
        var budget = new Budget(Long.MAX_VALUE, Period.DAY);
        assertThat(spending().reserve(account + "a", account, budget, Long.MAX_VALUE - 1, NOON))
                .isTrue();
        assertThat(spending().reserve(account + "b", account, budget, 2, NOON)).isFalse();
        assertThat(spending().reserve(account + "c", account, budget, 1, NOON)).isTrue();

        settle("a", 9_007_199_254_740_993L);

        assertThat(spent(Period.DAY, NOON)).isEqualTo(9_007_199_254_740_994L);
    }

    @Test
    void unsettled_countsAsSpent() {
        reserve("lost", 80, Period.TOTAL, NOON);

        assertThat(reserve("a", 21, Period.TOTAL, NOON.plusSeconds(864_000))).isFalse();
        assertThat(spent(Period.TOTAL, NOON.plusSeconds(864_000))).isEqualTo(80);
    }

    @Test
    void day_endsAtMidnightOfUtc_andIsSettledWhereItWasReserved() {
        var late = Instant.parse("2026-01-31T23:59:59.999Z");
        var next = Instant.parse("2026-02-01T00:00:00Z");
        reserve("late", 100, Period.DAY, late);

        assertThat(reserve("early", 40, Period.DAY, next)).isTrue();
        settle("late", 30);

        assertThat(spent(Period.DAY, late)).isEqualTo(30);
        assertThat(spent(Period.DAY, next)).isEqualTo(40);
    }

    @Test
    void month_endsAtMidnightOfUtc() {
        var last = Instant.parse("2026-01-31T23:59:59.999Z");
        reserve("a", 100, Period.MONTH, Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(reserve("b", 1, Period.MONTH, last)).isFalse();
        assertThat(reserve("c", 100, Period.MONTH, last.plusMillis(1))).isTrue();
    }

    @Test
    void total_neverEnds() {
        reserve("a", 100, Period.TOTAL, NOON);

        assertThat(reserve("b", 1, Period.TOTAL, Instant.parse("2099-01-01T00:00:00Z")))
                .isFalse();
    }

    @Test
    void accountsAndPeriods_areApart() {
        reserve("a", 100, Period.DAY, NOON);

        assertThat(reserve("b", 100, Period.MONTH, NOON)).isTrue();
        assertThat(spending().reserve(account + "other", account + "2", budget(Period.DAY), 100, NOON))
                .isTrue();
    }

    @Test
    void budget_thatWasLowered_holdsFromNowOn() {
        reserve("a", 60, Period.DAY, NOON);

        assertThat(spending().reserve(account + "b", account, new Budget(50, Period.DAY), 0, NOON))
                .isFalse();
        assertThat(spending().reserve(account + "c", account, new Budget(61, Period.DAY), 1, NOON))
                .isTrue();
    }

    @Test
    void amount_belowZero_isRefused() {
        assertThatThrownBy(() -> reserve("a", -1, Period.DAY, NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settle("a", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reserve_byManyAtOnce_reservesExactlyWhatThereIs() {
        var reserved = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                executor.execute(() -> IntStream.range(0, 5)
                        .filter(i -> reserve("racing " + number + " " + i, 1, Period.DAY, NOON))
                        .forEach(_ -> reserved.incrementAndGet()));
            }
        }

        assertThat(reserved).hasValue(100);
        assertThat(spent(Period.DAY, NOON)).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void reserveAndSettle_byManyAtOnce_isNeverOverAndAddsUp(long seed) {
        var settled = new AtomicLong();
        var highest = new AtomicLong();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                executor.execute(() -> {
                    var random = new SplittableRandom(seed * THREADS + number);
                    for (int i = 0; i < 5; i++) {
                        long amount = random.nextLong(1, 30);
                        if (reserve("racing " + number + " " + i, amount, Period.MONTH, NOON)) {
                            highest.accumulateAndGet(spent(Period.MONTH, NOON), Math::max);
                            long cost = random.nextLong(amount + 1) / 4;
                            settle("racing " + number + " " + i, cost);
                            settled.addAndGet(cost);
                        }
                    }
                });
            }
        }

        assertThat(highest).hasValueLessThanOrEqualTo(100);
        assertThat(spent(Period.MONTH, NOON)).isEqualTo(settled.get()).isBetween(1L, 100L);
    }

    private boolean reserve(String id, long amount, Period period, Instant now) {
        return spending().reserve(account + id, account, budget(period), amount, now);
    }

    private void settle(String id, long spent) {
        spending().settle(account + id, account, spent);
    }

    private long spent(Period period, Instant now) {
        return spending().spent(account, period, now);
    }

    private static Budget budget(Period period) {
        return new Budget(100, period);
    }
}
