package io.perpetua.application.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.domain.journal.Ending;
import io.perpetua.domain.journal.Figures;
import io.perpetua.domain.journal.JournalRow;
import io.perpetua.domain.journal.JournalRow.Asked;
import io.perpetua.domain.journal.RollUp;
import io.perpetua.domain.journal.Week;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A week of simulated turns, added up, beside figures that are computed another way. */
class RollUpWeeksTest {

    private static final Week WEEK = Week.of(Instant.parse("2026-03-04T12:00:00Z"));

    private final InMemoryJournal journal = new InMemoryJournal();
    private final InMemoryRollUps kept = new InMemoryRollUps();
    private final RollUpWeeks rollUps = new RollUpWeeks(
            journal,
            new KeepJournal(journal, "me", 1),
            kept,
            Duration.ofDays(60),
            () -> WEEK.to().plusSeconds(1));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void rollUp_aWeekOfTurns_isWhatTheRowsComeTo(long seed) {
        var random = new SplittableRandom(seed);
        var rows = new Rows(seed);
        var all = new ArrayList<JournalRow>();
        long millis = WEEK.to().toEpochMilli() - WEEK.before().before().from().toEpochMilli();
        for (int i = 0; i < 5_000; i++) {
            var at = WEEK.before().before().from().plusMillis(random.nextLong(millis));
            all.add(rows.at(at, "tenant " + random.nextInt(3), "c"));
        }
        all.add(rows.at(WEEK.from(), "tenant 1", "the first of it"));
        all.add(rows.at(WEEK.to(), "tenant 1", "no more of it"));
        journal.add(all);

        var rolled = rollUps.rollUp(WEEK, null);
        assertThat(rolled.tenant()).isEqualTo(RollUp.ALL);
        check(rolled.figures(), in(all, WEEK, null));
        check(rolled.before(), in(all, WEEK.before(), null));
        check(rollUps.rollUp(WEEK, "tenant 2").figures(), in(all, WEEK, "tenant 2"));
        check(rollUps.rollUp(WEEK, "nobody").figures(), List.of());
    }

    @Test
    void due_afterWeeksWithoutAServer_isEachOfThemOnce() {
        var rows = new Rows(4);
        var first = WEEK.before().before();
        journal.add(List.of(rows.at(first.from().plusSeconds(9), "t", "c"), rows.at(WEEK.from(), "t", "c")));

        var due = rollUps.due();

        assertThat(due).extracting(RollUp::week).containsExactly(first, WEEK.before(), WEEK);
        assertThat(due).extracting(each -> each.figures().turns()).containsExactly(1L, 0L, 1L);
        assertThat(due).extracting(each -> each.before().turns()).containsExactly(0L, 1L, 0L);
        assertThat(rollUps.mayBeDue()).isTrue();
        kept.keep(first, "{}");
        assertThat(rollUps.due()).extracting(RollUp::week).containsExactly(WEEK.before(), WEEK);
        kept.keep(WEEK, "{}");
        assertThat(rollUps.due()).isEmpty();
        assertThat(rollUps.mayBeDue()).isFalse();
    }

    @Test
    void due_nothingWasEverSaid_isNothing() {
        assertThat(rollUps.due()).isEmpty();
    }

    @Test
    void hasRowsOf_weekOlderThanRowsAreKept_isFalse() {
        assertThat(rollUps.hasRowsOf(WEEK)).isTrue();
        var old = WEEK;
        for (int i = 0; i < 8; i++) { // 56 days, and the week's own 7
            old = old.before();
        }
        assertThat(rollUps.hasRowsOf(old)).isFalse();
    }

    private static List<JournalRow> in(List<JournalRow> all, Week week, @Nullable String tenant) {
        return all.stream()
                .filter(row -> row.at().compareTo(week.from()) >= 0 && row.at().compareTo(week.to()) < 0)
                .filter(row -> tenant == null || row.tenant().equals(tenant))
                .toList();
    }

    /** By sorting, filtering and counting whole lists. */
    private static void check(Figures figures, List<JournalRow> rows) {
        var answered =
                rows.stream().filter(row -> row.ending() == Ending.ANSWERED).toList();
        assertThat(figures.turns()).isEqualTo(rows.size());
        assertThat(figures.answered()).isEqualTo(answered.size());
        assertThat(figures.intents()).isEqualTo(counted(rows, JournalRow::intent));
        assertThat(figures.p50Ms()).isEqualTo(rank(answered, 50));
        assertThat(figures.p95Ms()).isEqualTo(rank(answered, 95));
        assertThat(figures.costUsd()).isCloseTo(sum(answered.stream(), JournalRow::costUsd), within(1e-9));
        assertThat(figures.savedUsd()).isCloseTo(sum(answered.stream(), JournalRow::savedUsd), within(1e-9));
        assertThat(figures.savedTokens())
                .isEqualTo(answered.stream()
                        .mapToLong(row -> row.tokens().full() - row.tokens().sent())
                        .sum());
        assertThat(figures.unpriced())
                .isEqualTo(
                        answered.stream().filter(row -> row.costUsd() == null).count());
        figures.costByTenant()
                .forEach((tenant, cost) -> assertThat(cost)
                        .isCloseTo(
                                sum(answered.stream().filter(row -> row.tenant().equals(tenant)), JournalRow::costUsd),
                                within(1e-9)));
        assertThat(figures.cacheHitRate()).isEqualTo(rate(answered, JournalRow::cacheHit));
        assertThat(figures.fallbackRate()).isEqualTo(rate(answered, JournalRow::fallback));
        assertThat(figures.errorRate()).isEqualTo(rate(rows, row -> row.ending().isError()));
        assertThat(figures.errors())
                .isEqualTo(counted(
                        rows.stream().filter(row -> row.ending().isError()).toList(),
                        row -> Objects.requireNonNull(row.error())));
        assertThat(figures.fallbackReasons())
                .isEqualTo(counted(
                        answered.stream()
                                .filter(JournalRow::fallback)
                                .flatMap(row -> row.attempts().stream())
                                .filter(asked -> !asked.outcome().equals("ok"))
                                .toList(),
                        Asked::outcome));
        figures.providers().forEach((name, provider) -> {
            var asked = rows.stream()
                    .flatMap(row -> row.attempts().stream())
                    .filter(each -> each.provider().equals(name))
                    .toList();
            var ok = asked.stream().filter(each -> each.outcome().equals("ok")).toList();
            assertThat(provider.failures()).isEqualTo(asked.size() - ok.size());
            assertThat(provider.answered())
                    .isEqualTo(answered.stream()
                            .filter(row -> name.equals(row.provider()) && !row.cacheHit())
                            .count());
            var sorted = ok.stream().map(Asked::latencyMs).sorted().toList();
            assertThat(provider.p95Ms())
                    .isEqualTo(sorted.isEmpty() ? null : sorted.get((95 * sorted.size() + 99) / 100 - 1));
        });
    }

    private static double sum(Stream<JournalRow> rows, Function<JournalRow, @Nullable Double> dollars) {
        return rows.mapToDouble(row -> Objects.requireNonNullElse(dollars.apply(row), 0.0))
                .sum();
    }

    private static <T, K> Map<K, Long> counted(List<T> all, Function<T, K> by) {
        return all.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
    }

    private static @Nullable Double rate(List<JournalRow> all, Predicate<JournalRow> which) {
        return all.isEmpty() ? null : (double) all.stream().filter(which).count() / all.size();
    }

    private static @Nullable Long rank(List<JournalRow> answered, int percent) {
        var sorted = answered.stream()
                .sorted(Comparator.comparingLong(row -> row.latencies().total()))
                .toList();
        return sorted.isEmpty()
                ? null
                : sorted.get((percent * sorted.size() + 99) / 100 - 1)
                        .latencies()
                        .total();
    }
}
