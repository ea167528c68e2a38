package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.Spending;
import io.perpetua.application.access.SpendingContract;
import io.perpetua.domain.access.Budget;
import io.perpetua.domain.access.Budget.Period;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSpendingTest extends SpendingContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = new Database(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected Spending spending() {
        return new SqliteSpending(database);
    }

    @Test
    void open_again_remembersWhatIsSpentAndReserved() {
        reserve("a", Period.TOTAL, NOON);
        reserve("b", Period.TOTAL, NOON);
        spending().settle("a", "key", 1);
        database.close();
        open();

        assertThat(spending().spent("key", Period.TOTAL, NOON)).isEqualTo(11);
        spending().settle("b", "key", 2);
        assertThat(spending().spent("key", Period.TOTAL, NOON)).isEqualTo(3);
    }

    @Test
    void settle_leavesNoReservation() {
        reserve("a", Period.DAY, NOON);
        spending().settle("a", "key", 1);

        assertThat(rows("reservation")).isZero();
    }

    @Test
    void reserve_periodsThatAreOver_areClearedAway() {
        for (int day = 0; day < 10; day++) {
            var now = NOON.plus(Duration.ofDays(day));
            reserve("day " + day, Period.DAY, now);
            reserve("total " + day, Period.TOTAL, now);
        }

        assertThat(rows("spending WHERE period = 'day'")).isEqualTo(3);
        assertThat(rows("reservation")).isEqualTo(2 * 2);
        assertThat(spending().spent("key", Period.TOTAL, NOON))
                .as("unsettled counts")
                .isEqualTo(100);
    }

    @Test
    void settle_yesterdaysCall_isStillCounted() {
        reserve("late", Period.DAY, NOON);
        reserve("next", Period.DAY, NOON.plus(Duration.ofDays(1)));

        spending().settle("late", "key", 1);

        assertThat(spending().spent("key", Period.DAY, NOON)).isEqualTo(1);
    }

    @Test
    void reserve_noRoomLeft_saysSoAndReservesNothing() {
        reserve("a", Period.DAY, NOON);
        database.write(session -> session.number("PRAGMA max_page_count = 1")); // never fewer than there are

        assertThatThrownBy(() -> reserve("x".repeat(1_000_000), Period.DAY, NOON))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class, e -> assertThat(e.full()).isTrue());

        assertThat(spending().spent("key", Period.DAY, NOON)).isEqualTo(10);
    }

    private void reserve(String id, Period period, Instant now) {
        assertThat(spending().reserve(id, "key", new Budget(1_000, period), 10, now))
                .isTrue();
    }

    private long rows(String of) {
        return database.<Long>read(session -> session.number("SELECT count(*) FROM " + of));
    }
}
