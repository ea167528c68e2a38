package io.perpetua.adapters.sqlite;

import io.perpetua.application.journal.RollUps;
import io.perpetua.domain.journal.Week;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Roll-ups in SQLite. */
@Singleton
@Embedded
final class SqliteRollUps implements RollUps {

    private static final String KEEP = "INSERT INTO rollup (week, document) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String FIND = "SELECT document FROM rollup WHERE week = ?";
    private static final String LATEST = "SELECT week, document FROM rollup ORDER BY week DESC LIMIT ?";

    private final Database database;

    SqliteRollUps(Database database) {
        this.database = database;
    }

    @Override
    public boolean keep(Week week, String json) {
        return database.write(session -> session.update(KEEP, week.name(), json) > 0);
    }

    @Override
    public @Nullable String find(Week week) {
        return database.read(session -> session.list(FIND, row -> row.getString(1), week.name())).stream()
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Kept> latest(int limit) {
        return database.read(session -> session.list(
                LATEST,
                row -> new Kept(Objects.requireNonNull(Week.named(row.getString(1))), row.getString(2)),
                limit));
    }
}
