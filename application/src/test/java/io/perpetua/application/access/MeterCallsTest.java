package io.perpetua.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.LimitReached.Kind;
import io.perpetua.application.access.Quotas.Level;
import io.perpetua.domain.access.AllowedModels;
import io.perpetua.domain.access.ApiKey.Access;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import io.perpetua.domain.access.Caller;
import io.perpetua.domain.access.Permission;
import io.perpetua.domain.access.Rates;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeterCallsTest {

    private Instant now = Instant.parse("2026-05-01T10:00:00Z");
    private Limits limits = Limits.NONE;
    private final InMemoryQuotas quotas = new InMemoryQuotas();
    private final InMemorySpending spending = new InMemorySpending();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<Kind> allowed = new ArrayList<>();
    private final List<Kind> reached = new ArrayList<>();
    private final MeterCalls meter = new MeterCalls(
            quotas, spending, () -> limits, () -> "r" + ids.incrementAndGet(), () -> now, new LimitListener() {
                @Override
                public void allowed(Kind kind) {
                    allowed.add(kind);
                }

                @Override
                public void reached(Kind kind) {
                    reached.add(kind);
                }
            });

    private static Caller caller(String key, String tenant, Rates rates, @Nullable Budget budget) {
        return new Caller(key, new Access(tenant, Set.of(Permission.CHAT), AllowedModels.ALL, rates, budget));
    }

    private static Rates requests(long perMinute) {
        return new Rates(perMinute, null, null, null);
    }

    private static Rates tokens(long perMinute) {
        return new Rates(null, null, perMinute, null);
    }

    private static Budget dollars(String dollars) {
        return Budget.of(new BigDecimal(dollars), Period.DAY);
    }

    private Reservation reserve(Caller caller, @Nullable String user, long tokens, double dollars) {
        return Objects.requireNonNull(meter.reserve(caller, user, tokens, dollars));
    }

    private void assertReached(Kind kind, Runnable call) {
        assertThatExceptionOfType(LimitReached.class)
                .isThrownBy(call::run)
                .satisfies(reached -> assertThat(reached.kind()).isEqualTo(kind));
    }

    @Test
    void request_withoutLimits_asksNobody() {
        quotas.away(true);
        assertThat(meter.request(Caller.LOCAL)).isEmpty();
        assertThat(meter.request(Caller.LOCAL, "anna")).isEmpty();
        assertThat(meter.reserve(Caller.LOCAL, "anna", 1_000, 1)).isNull();
    }

    @Test
    void request_moreThanTheKeyMay_isRefusedUntilTheMinuteIsOver() {
        var caller = caller("k", "acme", requests(2), null);
        assertThat(meter.request(caller)).extracting(Level::left).containsExactly(1L);
        meter.request(caller);
        assertThatExceptionOfType(LimitReached.class)
                .isThrownBy(() -> meter.request(caller))
                .satisfies(reached -> {
                    assertThat(reached.retryAfter()).isEqualTo(Duration.ofMinutes(1));
                    assertThat(reached.getMessage()).contains("2 requests in a minute");
                });
        now = now.plus(Duration.ofMinutes(1));
        meter.request(caller);
    }

    @Test
    void request_keyWithLimitsOfItsOwn_isNotHeldByTheUsualOnes() {
        limits = new Limits(requests(1), Rates.UNLIMITED, 4_096);
        var own = caller("k", "acme", requests(2), null);
        var usual = caller("l", "acme", Rates.UNLIMITED, null);
        meter.request(own);
        meter.request(own);
        meter.request(usual);
        assertReached(Kind.REQUESTS, () -> meter.request(usual));
    }

    @Test
    void request_ofUsers_areCountedForEachOfEachTenant() {
        limits = new Limits(Rates.UNLIMITED, requests(1), 4_096);
        var acme = caller("k", "acme", Rates.UNLIMITED, null);
        var acmeToo = caller("l", "acme", Rates.UNLIMITED, null);
        var other = caller("m", "other", Rates.UNLIMITED, null);
        meter.request(acme, "anna");
        meter.request(acme, "ben");
        meter.request(other, "anna");
        assertReached(Kind.REQUESTS, () -> meter.request(acmeToo, "anna"));
        assertThat(meter.request(acme, null)).isEmpty();
    }

    @Test
    void request_namesThatRunTogether_areCountedApart() {
        limits = new Limits(Rates.UNLIMITED, requests(1), 4_096);
        meter.request(caller("k", "a", Rates.UNLIMITED, null), "b/c");
        meter.request(caller("k", "a/b", Rates.UNLIMITED, null), "c");
    }

    @Test
    void reserve_moreTokensThanAreLeft_isRefusedAndCountsNothing() {
        var caller = caller("k", "acme", tokens(100), null);
        reserve(caller, null, 60, 0);
        assertReached(Kind.TOKENS, () -> meter.reserve(caller, null, 41, 0));
        reserve(caller, null, 40, 0);
    }

    @Test
    void settle_lessThanWasReserved_givesTheRestBack() {
        var caller = caller("k", "acme", tokens(100), null);
        reserve(caller, null, 100, 0).settle(30, 0);
        reserve(caller, null, 70, 0);
    }

    @Test
    void settle_moreThanWasReserved_isCountedAllTheSame() {
        var caller = caller("k", "acme", tokens(100), null);
        reserve(caller, null, 10, 0).settle(95, 0);
        assertReached(Kind.TOKENS, () -> meter.reserve(caller, null, 6, 0));
    }

    @Test
    void settle_again_changesNothing() {
        var caller = caller("k", "acme", tokens(100), dollars("1"));
        var reservation = reserve(caller, null, 100, 1);
        reservation.settle(50, 0.5);
        reservation.settle(0, 0);
        reserve(caller, null, 50, 0.5);
        assertReached(Kind.TOKENS, () -> meter.reserve(caller, null, 1, 0));
    }

    @Test
    void reserve_moreDollarsThanAreLeft_isRefusedAndGivesTheTokensBack() {
        var caller = caller("k", "acme", tokens(100), dollars("1"));
        reserve(caller, null, 10, 0.75).settle(10, 0.5);
        assertReached(Kind.BUDGET, () -> meter.reserve(caller, null, 90, 0.51));
        reserve(caller, null, 90, 0.5);
    }

    @Test
    void reserve_onANewDay_hasANewBudget() {
        var caller = caller("k", "acme", Rates.UNLIMITED, dollars("1"));
        reserve(caller, null, 1, 1).settle(1, 1);
        assertThatExceptionOfType(LimitReached.class)
                .isThrownBy(() -> meter.reserve(caller, null, 1, 0.1))
                .satisfies(reached -> assertThat(reached.retryAfter()).isEqualTo(Duration.ofHours(14)));
        now = now.plus(Duration.ofHours(14));
        reserve(caller, null, 1, 1);
    }

    @Test
    void reserve_whileTheStoreIsAway_countsNoTokensButSpendsNothing() {
        quotas.away(true);
        spending.away(true);
        assertThat(meter.reserve(caller("k", "acme", tokens(1), null), null, 10, 0))
                .isNull();
        assertThat(meter.request(caller("k", "acme", requests(1), null))).isEmpty();
        assertThatThrownBy(() -> meter.reserve(caller("k", "acme", Rates.UNLIMITED, dollars("1")), null, 10, 0.1))
                .isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void settle_whileTheStoreIsAway_leavesWhatWasReserved() {
        var caller = caller("k", "acme", tokens(100), dollars("1"));
        var reservation = reserve(caller, null, 100, 1);
        quotas.away(true);
        spending.away(true);
        reservation.settle(1, 0.1);
        quotas.away(false);
        spending.away(false);
        assertReached(Kind.TOKENS, () -> meter.reserve(caller, null, 1, 0));
    }

    @Test
    void longestAnswer_matters_onlyToBudgets() {
        assertThat(meter.longestAnswer(Caller.LOCAL)).isNull();
        assertThat(meter.longestAnswer(caller("k", "acme", Rates.UNLIMITED, dollars("1"))))
                .isEqualTo(4_096);
    }

    @Test
    void listener_hearsWhatLimitsSaidAndNothingWhereThereAreNone() {
        meter.request(caller("free", "t", Rates.UNLIMITED, null));
        assertThat(allowed).isEmpty();

        var limited = caller("k", "t", requests(1), dollars("1"));
        meter.request(limited);
        assertReached(Kind.REQUESTS, () -> meter.request(limited));
        reserve(limited, null, 10, 0.75);
        assertReached(Kind.BUDGET, () -> reserve(limited, null, 10, 0.75));

        assertThat(allowed).containsExactly(Kind.REQUESTS, Kind.BUDGET);
        assertThat(reached).containsExactly(Kind.REQUESTS, Kind.BUDGET);
    }
}
