package io.perpetua.adapters.sqlite;

import io.perpetua.application.transfer.Tallies;
import io.perpetua.domain.access.Budget.Period;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Standings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** What was counted and learnt, in SQLite. */
@Singleton
@Embedded
final class SqliteTallies implements Tallies {

    static final String OF = "SELECT amount FROM spending WHERE account = ? AND period = ? AND start = ?";

    private final Database database;

    SqliteTallies(Database database) {
        this.database = database;
    }

    @Override
    public List<Spent> spent() {
        return database.read(session -> session.list(
                "SELECT account, period, start, amount FROM spending ORDER BY account, period, start",
                row -> new Spent(
                        row.getString(1),
                        Period.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                        Instants.instant(row.getLong(3)),
                        row.getLong(4))));
    }

    @Override
    public Outcome add(Spent spent) {
        return database.write(session -> {
            long start = Instants.micros(spent.start());
            String period = spent.period().wire();
            Long there = session.first(OF, row -> row.getLong(1), spent.account(), period, start);
            if (there != null) {
                return there == spent.nanodollars() ? Outcome.THERE : Outcome.CONFLICT;
            }
            session.update(
                    "INSERT INTO spending (account, period, start, until, amount) VALUES (?, ?, ?, ?, ?)",
                    spent.account(),
                    period,
                    start,
                    spent.period() == Period.TOTAL
                            ? null
                            : Instants.micros(spent.period().end(spent.start())),
                    spent.nanodollars());
            return Outcome.ADDED;
        });
    }

    @Override
    public Outcome add(Intent intent, Standings standings) {
        return database.write(session -> {
            Standings there = SqliteStandings.all(session).get(intent);
            if (there != null) {
                return there.equals(standings) ? Outcome.THERE : Outcome.CONFLICT;
            }
            SqliteStandings.replace(session, intent.wire(), Standings.NONE, standings);
            return Outcome.ADDED;
        });
    }
}
