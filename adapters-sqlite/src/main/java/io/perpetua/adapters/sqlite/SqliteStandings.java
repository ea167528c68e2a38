package io.perpetua.adapters.sqlite;

import io.perpetua.application.routing.StandingStore;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standing;
import io.perpetua.domain.routing.Standings;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has been learnt of the rungs, in SQLite. Intents that this version does not know are left alone. */
@Singleton
@Embedded
final class SqliteStandings implements StandingStore {

    static final String OF = """
            SELECT provider, model, success, seconds, dollars, samples, seen FROM standing WHERE intent = ?
            """;

    private static final String KEEP = """
            INSERT INTO standing (intent, provider, model, success, seconds, dollars, samples, seen)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (intent, provider, model) DO UPDATE SET success = excluded.success, seconds = excluded.seconds,
              dollars = excluded.dollars, samples = excluded.samples, seen = excluded.seen
            """;

    private static final String FORGET = "DELETE FROM standing WHERE intent = ? AND provider = ? AND model = ?";

    private static final String COUNT = """
            INSERT INTO learnt (intent, outcomes) VALUES (?, ?)
            ON CONFLICT (intent) DO UPDATE SET outcomes = excluded.outcomes
            """;

    private final Database database;

    SqliteStandings(Database database) {
        this.database = database;
    }

    @Override
    public Map<Intent, Standings> load() {
        return database.read(SqliteStandings::all);
    }

    @Override
    public void learn(List<Learnt> outcomes, double forgetting) {
        database.write(session -> {
            var before = all(session);
            for (var after : StandingStore.fold(before, outcomes, forgetting).entrySet()) {
                replace(
                        session,
                        after.getKey().wire(),
                        before.getOrDefault(after.getKey(), Standings.NONE),
                        after.getValue());
            }
            return outcomes.size();
        });
    }

    static Map<Intent, Standings> all(Session session) throws SQLException {
        var all = new EnumMap<Intent, Standings>(Intent.class);
        for (var row : session.list(
                "SELECT intent, outcomes FROM learnt", row -> Map.entry(row.getString(1), row.getLong(2)))) {
            Intent intent = Intent.of(row.getKey());
            if (intent != null) {
                all.put(intent, new Standings(byRung(session, row.getKey()), row.getValue()));
            }
        }
        return all;
    }

    private static Map<Rung, Standing> byRung(Session session, String intent) throws SQLException {
        var byRung = new HashMap<Rung, Standing>();
        session.list(
                        OF,
                        row -> Map.entry(
                                new Rung(row.getString(1), row.getString(2)),
                                new Standing(
                                        row.getDouble(3),
                                        row.getDouble(4),
                                        row.getDouble(5),
                                        row.getDouble(6),
                                        row.getLong(7))),
                        intent)
                .forEach(entry -> byRung.put(entry.getKey(), entry.getValue()));
        return byRung;
    }

    /** Writes what differs. */
    static void replace(Session session, String intent, Standings before, Standings after) throws SQLException {
        if (after.outcomes() == before.outcomes()) {
            return;
        }
        session.update(COUNT, intent, after.outcomes());
        for (Rung rung : before.byRung().keySet()) {
            if (!after.byRung().containsKey(rung)) {
                session.update(FORGET, intent, rung.provider(), rung.model());
            }
        }
        for (var entry : after.byRung().entrySet()) {
            if (!entry.getValue().equals(before.byRung().get(entry.getKey()))) {
                keep(session, intent, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void keep(Session session, String intent, Rung rung, Standing standing) throws SQLException {
        session.update(
                KEEP,
                intent,
                rung.provider(),
                rung.model(),
                standing.success(),
                standing.seconds(),
                standing.dollars(),
                standing.samples(),
                standing.seen());
    }
}
