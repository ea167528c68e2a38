package io.perpetua.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.access.Spending;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.routing.StandingStore.Learnt;
import io.perpetua.application.transfer.Tallies.Outcome;
import io.perpetua.application.transfer.Tallies.Spent;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Tallies} owes those who move them. Each test has accounts of its own; the store's standings must be
 * empty before each.
 */
public abstract class TalliesContract {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
    private static final Budget DAILY = new Budget(1_000, Period.DAY);
    private static final Budget TOTAL = new Budget(1_000, Period.TOTAL);
    private static final Rung RUNG = new Rung("openai", "gpt-4o");

    private final String account = "account-" + UUID.randomUUID();

    protected abstract Tallies tallies();

    /** Over the same store. */
    protected abstract Spending spending();

    /** Over the same store. */
    protected abstract StandingStore standings();

    @Test
    void spent_ofEveryPeriod_reservationsIncluded() {
        spend("1", DAILY, 100, NOON);
        spend("2", TOTAL, 200, NOON);
        spending().reserve(account + "3", account, DAILY, 5, NOON.plusSeconds(86_400));

        assertThat(mine())
                .containsExactly(
                        new Spent(account, Period.DAY, Instant.parse("2026-03-05T00:00:00Z"), 100),
                        new Spent(account, Period.DAY, Instant.parse("2026-03-06T00:00:00Z"), 5),
                        new Spent(account, Period.TOTAL, Instant.EPOCH, 200));
    }

    @Test
    void addSpent_countsFromThenOn() {
        assertThat(tallies().add(new Spent(account, Period.DAY, Period.DAY.start(NOON), 990)))
                .isEqualTo(Outcome.ADDED);

        assertThat(spending().spent(account, Period.DAY, NOON)).isEqualTo(990);
        assertThat(spending().reserve(account + "1", account, DAILY, 11, NOON)).isFalse();
        assertThat(spending().reserve(account + "1", account, DAILY, 10, NOON)).isTrue();
        assertThat(spending().spent(account, Period.DAY, NOON.plusSeconds(86_400)))
                .isZero();
    }

    @Test
    void addSpent_somethingThere_changesNothing() {
        spend("1", TOTAL, 200, NOON);

        assertThat(tallies().add(new Spent(account, Period.TOTAL, Instant.EPOCH, 200)))
                .isEqualTo(Outcome.THERE);
        assertThat(tallies().add(new Spent(account, Period.TOTAL, Instant.EPOCH, 201)))
                .isEqualTo(Outcome.CONFLICT);
        assertThat(spending().spent(account, Period.TOTAL, NOON)).isEqualTo(200);
    }

    @Test
    void addLearnt_isKnownAsItWas() {
        var learnt = learnt(3);

        assertThat(tallies().add(Intent.CODING_HELP, learnt)).isEqualTo(Outcome.ADDED);
        assertThat(tallies().add(Intent.CODING_HELP, learnt)).isEqualTo(Outcome.THERE);
        assertThat(tallies().add(Intent.CODING_HELP, learnt(4))).isEqualTo(Outcome.CONFLICT);

        assertThat(standings().load()).containsEntry(Intent.CODING_HELP, learnt);
    }

    @Test
    void addLearnt_goesOnBeingLearnt() {
        tallies().add(Intent.SOCIAL_CHAT, learnt(3));

        standings().learn(List.of(new Learnt(Intent.SOCIAL_CHAT, RUNG, outcome())), 0.1);

        assertThat(standings().load()).containsEntry(Intent.SOCIAL_CHAT, learnt(4));
    }

    private static Standings learnt(int times) {
        var learnt = Standings.NONE;
        for (int i = 0; i < times; i++) {
            learnt = learnt.with(RUNG, outcome(), 0.1);
        }
        return learnt;
    }

    private static io.perpetua.domain.routing.Outcome outcome() {
        return new io.perpetua.domain.routing.Outcome(true, 0.7, 0.003);
    }

    private void spend(String id, Budget budget, long amount, Instant now) {
        assertThat(spending().reserve(account + id, account, budget, amount, now))
                .isTrue();
        spending().settle(account + id, account, amount);
    }

    private List<Spent> mine() {
        return tallies().spent().stream()
                .filter(each -> each.account().equals(account))
                .toList();
    }
}
