package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.access.Meter;
import io.perpetua.application.access.Meter.Window;
import io.perpetua.application.access.Quotas;
import io.perpetua.application.access.Quotas.Taking.Refused;
import io.perpetua.application.access.Quotas.Taking.Taken;
import io.perpetua.application.access.QuotasContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteQuotasTest extends QuotasContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Meter MINUTE = new Meter("local", "requests of a key", 10, Window.MINUTE);
    private static final Meter DAY = new Meter("local", "requests of a key", 10, Window.DAY);

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
    protected Quotas quotas() {
        return new SqliteQuotas(database);
    }

    @Test
    void open_again_remembersWhatWasUsed() {
        take(DAY, 7, NOON);
        database.close();
        open();

        assertThat(quotas().take(List.of(DAY), 4, NOON)).isInstanceOf(Refused.class);
        assertThat(quotas().take(List.of(DAY), 3, NOON)).isInstanceOf(Taken.class);
    }

    @Test
    void take_metersThatNobodyUsesAnyMore_areClearedAway() {
        IntStream.range(0, 40).forEach(i -> take(new Meter("local", "user " + i, 10, Window.MINUTE), 1, NOON));
        take(DAY, 1, NOON);
        assertThat(rows()).isEqualTo(41);

        IntStream.range(0, 3).forEach(i -> take(MINUTE, 1, NOON.plusSeconds(60 + i)));
        assertThat(rows()).isEqualTo(2);

        take(MINUTE, 1, NOON.plus(Duration.ofDays(1)));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void take_debt_isNotClearedAwayBeforeItIsPaid() {
        quotas().correct(List.of(MINUTE), 25, NOON);

        take(DAY, 1, NOON.plusSeconds(179));
        assertThat(rows()).isEqualTo(2);

        take(DAY, 1, NOON.plusSeconds(180));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void take_refused_writesNothing() {
        quotas().take(List.of(MINUTE), 11, NOON);

        assertThat(rows()).isZero();
    }

    @Test
    void take_noRoomLeft_saysSoAndTakesNothing() {
        take(MINUTE, 1, NOON);
        database.write(session -> session.number("PRAGMA max_page_count = 1")); // never fewer than there are
        var huge = new Meter("local", "x".repeat(1_000_000), 10, Window.DAY);

        assertThatThrownBy(() -> quotas().take(List.of(MINUTE, huge), 1, NOON))
                .isInstanceOfSatisfying(
                        StoreUnavailable.class, e -> assertThat(e.full()).isTrue());

        assertThat(quotas().take(List.of(MINUTE), 10, NOON)).isInstanceOf(Refused.class);
        assertThat(quotas().take(List.of(MINUTE), 9, NOON)).isInstanceOf(Taken.class);
    }

    @Test
    void anything_afterClose_isUnavailable() {
        database.close();

        assertThatThrownBy(() -> take(MINUTE, 1, NOON)).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> quotas().correct(List.of(MINUTE), 1, NOON)).isInstanceOf(StoreUnavailable.class);
    }

    private void take(Meter meter, long amount, Instant now) {
        assertThat(quotas().take(List.of(meter), amount, now)).isInstanceOf(Taken.class);
    }

    private long rows() {
        return database.<Long>read(session -> session.number("SELECT count(*) FROM meter"));
    }
}
