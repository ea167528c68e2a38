package io.perpetua.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.routing.StandingStoreContract;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Outcome;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStandingsTest extends StandingStoreContract {

    private static final Rung RUNG = Rung.of("openai/mini");
    private static final Outcome OUTCOME = new Outcome(true, 1.5, 0.25);

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
    protected StandingStore store() {
        return new SqliteStandings(database);
    }

    @Override
    protected void full(boolean is) {
        int pages = is ? 1 : 1_000_000; // never fewer than there are
        database.write(session -> session.number("PRAGMA max_page_count = " + pages));
    }

    @Test
    void load_again_givesEverythingBack() {
        learn();
        database.close();
        open();

        assertThat(store().load()).isEqualTo(Map.of(Intent.CODING_HELP, Standings.NONE.with(RUNG, OUTCOME, 0.1)));
    }

    @Test
    void load_intentOfAnotherVersion_isSkippedAndStays() {
        learn();
        database.write(session -> session.update("UPDATE standing SET intent = 'later'")
                + session.update("UPDATE learnt SET intent = 'later'"));

        assertThat(store().load()).isEmpty();

        learn();
        assertThat(store().load()).containsOnlyKeys(Intent.CODING_HELP);
        assertThat(database.<Long>read(
                        session -> session.number("SELECT count(*) FROM standing WHERE intent = 'later'")))
                .isEqualTo(1);
    }

    private void learn() {
        store().learn(List.of(new StandingStore.Learnt(Intent.CODING_HELP, RUNG, OUTCOME)), 0.1);
    }
}
