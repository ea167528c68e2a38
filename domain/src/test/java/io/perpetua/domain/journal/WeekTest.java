package io.perpetua.domain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class WeekTest {

    @Test
    void of_anInstant_beginsOnSundayAtTwo() {
        var week = Week.of(Instant.parse("2026-11-30T05:00:00Z"));

        assertThat(week.from()).isEqualTo("2026-11-29T02:00:00Z");
        assertThat(week.to()).isEqualTo("2026-12-06T02:00:00Z");
        assertThat(Week.of(Instant.parse("2026-11-29T01:59:59.999Z"))).isEqualTo(week.before());
        assertThat(Week.of(week.from())).isEqualTo(week);
        assertThat(Week.of(week.to())).isEqualTo(week.next());
    }

    @Test
    void named_everyWeekOfManyYears_isFoundByItsName() {
        var names = new HashSet<String>();
        var week = Week.of(Instant.parse("2019-01-01T00:00:00Z"));
        for (int i = 0; i < 52 * 20; i++) {
            assertThat(Week.named(week.name())).isEqualTo(week);
            assertThat(names.add(week.name())).isTrue();
            week = week.next();
        }
    }

    @Test
    void name_ofMostOfItsDays() {
        assertThat(Week.of(Instant.parse("2026-11-30T05:00:00Z")).name()).isEqualTo("2026-W49");
        assertThat(Week.of(Instant.parse("2027-01-01T05:00:00Z")).name()).isEqualTo("2026-W53");
    }

    @Test
    void named_nonsense_isNull() {
        for (String name :
                new String[] {"", "2026", "2026-W00", "2026-W54", "2025-W53", "2026-W1", "26-W01", "2026-W01 "}) {
            assertThat(Week.named(name)).as(name).isNull();
        }
    }

    @Test
    void to_fromEveryInstant_isInTheWeek() {
        var at = Instant.parse("2026-01-01T00:00:00Z");
        for (int hour = 0; hour < 24 * 21; hour++) {
            var week = Week.of(at);
            assertThat(at).isBetween(week.from(), week.to().minusNanos(1));
            at = at.plus(Duration.ofHours(1));
        }
    }
}
