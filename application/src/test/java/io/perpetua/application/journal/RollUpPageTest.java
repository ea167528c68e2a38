package io.perpetua.application.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.journal.JournalRow;
import io.perpetua.domain.journal.RollUp;
import io.perpetua.domain.journal.Tally;
import io.perpetua.domain.journal.Week;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollUpPageTest {

    private static final Week WEEK = Week.of(Instant.parse("2026-03-04T12:00:00Z"));

    private final Rows rows = new Rows(3);

    @Test
    void of_aWeek_showsItsFiguresBesideThoseOfTheWeekBefore() {
        var tally = new Tally();
        var before = new Tally();
        for (int i = 0; i < 200; i++) {
            tally.add(row("tenant|1"));
            if (i % 2 == 0) {
                before.add(row("tenant|1"));
            }
        }

        String page = RollUpPage.of(new RollUp(WEEK, RollUp.ALL, tally.figures(), before.figures()));

        assertThat(page)
                .startsWith("# Week 2026-W10\n")
                .contains("From 2026-03-01T02:00:00Z to 2026-03-08T02:00:00Z, all tenants.")
                .contains("| turns | 200 | 100 | +100 |")
                .contains("## Turns by intent", "coding_help", "█", "| gemini | ", "a 'provider': with, marks")
                .doesNotContain("null", "NaN");
    }

    @Test
    void of_nothing_hasNoCharts() {
        var none = new Tally().figures();
        assertThat(RollUpPage.of(new RollUp(WEEK, "t", none, none)))
                .contains("tenant `t`", "| turns | 0 | 0 | +0 |", "| p95, ms | – | – | – |")
                .doesNotContain("```", "Providers");
    }

    @Test
    void of_everyRow_isALineOfTheTable() {
        var tally = new Tally();
        List.of(row("a"), row("b")).forEach(tally::add);
        String page = RollUpPage.of(new RollUp(WEEK, RollUp.ALL, tally.figures(), tally.figures()));
        assertThat(page.lines().filter(line -> line.startsWith("| ")).toList())
                .allSatisfy(line -> assertThat(line).endsWith(" |"));
    }

    private JournalRow row(String tenant) {
        return rows.at(WEEK.from(), tenant, "c");
    }
}
