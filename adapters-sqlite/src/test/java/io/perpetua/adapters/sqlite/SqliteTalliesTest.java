package io.perpetua.adapters.sqlite;

import io.perpetua.application.access.Spending;
import io.perpetua.application.routing.StandingStore;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.application.transfer.TalliesContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteTalliesTest extends TalliesContract {

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
    protected Tallies tallies() {
        return new SqliteTallies(database);
    }

    @Override
    protected Spending spending() {
        return new SqliteSpending(database);
    }

    @Override
    protected StandingStore standings() {
        return new SqliteStandings(database);
    }
}
