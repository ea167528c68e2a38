package io.perpetua.application.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.journal.RollUps.Kept;
import io.perpetua.domain.journal.Week;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of roll-ups does. */
public abstract class RollUpsContract {

    private static final Week WEEK = Week.of(Instant.parse("2026-03-04T12:00:00Z"));

    /** Empty at first. */
    protected abstract RollUps rollUps();

    @Test
    void keep_secondOfAWeek_changesNothing() {
        assertThat(rollUps().keep(WEEK, "{\"a\": \"ünïcode\"}")).isTrue();
        assertThat(rollUps().keep(WEEK, "other")).isFalse();

        assertThat(rollUps().latest(9)).containsExactly(new Kept(WEEK, "{\"a\": \"ünïcode\"}"));
        assertThat(rollUps().find(WEEK)).isEqualTo("{\"a\": \"ünïcode\"}");
        assertThat(rollUps().find(WEEK.before())).isNull();
    }

    @Test
    void latest_ofMany_givesTheLatestFirst() {
        var week = WEEK;
        for (int i = 0; i < 60; i++) {
            rollUps().keep(week, week.name());
            week = week.next();
        }

        assertThat(rollUps().latest(2))
                .containsExactly(
                        new Kept(week.before(), week.before().name()),
                        new Kept(week.before().before(), week.before().before().name()));
    }

    @Test
    void keep_byManyAtOnce_isKeptByOne() throws Exception {
        var store = rollUps();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> attempts = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> store.keep(WEEK, "by " + i))
                    .toList();
            var kept = new ArrayList<Boolean>();
            for (var each : threads.invokeAll(attempts)) {
                kept.add(each.get());
            }
            assertThat(kept).containsOnlyOnce(true);
        }
    }
}
