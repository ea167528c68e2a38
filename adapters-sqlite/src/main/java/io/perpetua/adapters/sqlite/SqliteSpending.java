package io.perpetua.adapters.sqlite;

import io.perpetua.application.access.Spending;
import io.perpetua.domain.access.Budget;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has been spent of budgets, in SQLite. */
@Singleton
@Embedded
final class SqliteSpending implements Spending {

    /** How long what is over is kept: longer than any call takes, and than clocks are apart. */
    private static final Duration KEPT = Duration.ofDays(2);

    /** Most rows of a kind that one reservation clears away, so that none takes long. */
    private static final int MOST_CLEARED = 16;

    static final String OF = "SELECT pk, amount FROM spending WHERE account = ? AND period = ? AND start = ?";
    static final String OVER = "SELECT pk FROM spending WHERE until IS NOT NULL AND until <= ? ORDER BY until LIMIT ?";
    static final String RESERVED = """
            SELECT r.pk, r.amount, s.pk, s.amount FROM reservation r JOIN spending s ON s.pk = r.spending
            WHERE r.id = ? AND s.account = ?
            """;
    static final String LOST = "SELECT pk FROM reservation WHERE at <= ? ORDER BY at LIMIT ?";

    private final Database database;

    SqliteSpending(Database database) {
        this.database = database;
    }

    @Override
    public boolean reserve(String id, String account, Budget budget, long amount, Instant now) {
        requireAmount(amount);
        return database.write(session -> {
            if (session.first(RESERVED, Reserved::of, id, account) != null) {
                return true;
            }
            var period = budget.period();
            Spent spent = find(session, account, period, now);
            if (amount > budget.nanodollars() - (spent == null ? 0 : spent.amount)) {
                return false;
            }
            long row = spent == null ? began(session, account, period, now) : spent.pk;
            session.update("UPDATE spending SET amount = amount + ? WHERE pk = ?", amount, row);
            session.update(
                    "INSERT INTO reservation (id, spending, amount, at) VALUES (?, ?, ?, ?)",
                    id,
                    row,
                    amount,
                    Instants.micros(now));
            clear(session, now);
            return true;
        });
    }

    @Override
    public void settle(String id, String account, long amount) {
        requireAmount(amount);
        database.write(session -> {
            Reserved reserved = session.first(RESERVED, Reserved::of, id, account);
            if (reserved == null) {
                return false;
            }
            session.update("DELETE FROM reservation WHERE pk = ?", reserved.pk);
            session.update("UPDATE spending SET amount = ? WHERE pk = ?", reserved.settled(amount), reserved.spending);
            return true;
        });
    }

    @Override
    public long spent(String account, Budget.Period period, Instant now) {
        return database.read(session -> {
            Spent spent = find(session, account, period, now);
            return spent == null ? 0 : spent.amount;
        });
    }

    private record Spent(long pk, long amount) {}

    /**
     * What is not settled yet.
     *
     * @param sum what is spent and reserved of its budget in all
     */
    private record Reserved(long pk, long amount, long spending, long sum) {

        static Reserved of(ResultSet row) throws SQLException {
            return new Reserved(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }

        /** The sum with {@code spent} in its place, or the most that can be counted. */
        long settled(long spent) {
            long others = sum - amount;
            return spent > Long.MAX_VALUE - others ? Long.MAX_VALUE : others + spent;
        }
    }

    private static @Nullable Spent find(Session session, String account, Budget.Period period, Instant now)
            throws SQLException {
        return session.first(
                OF,
                row -> new Spent(row.getLong(1), row.getLong(2)),
                account,
                period.wire(),
                Instants.micros(period.start(now)));
    }

    private static long began(Session session, String account, Budget.Period period, Instant now) throws SQLException {
        return session.insert(
                "INSERT INTO spending (account, period, start, until, amount) VALUES (?, ?, ?, ?, 0)",
                account,
                period.wire(),
                Instants.micros(period.start(now)),
                period == Budget.Period.TOTAL ? null : Instants.micros(period.end(now)));
    }

    /** Forgets periods that are over, and what nobody will settle, which stays spent. */
    private static void clear(Session session, Instant now) throws SQLException {
        long before = Instants.micros(now.minus(KEPT));
        session.update("DELETE FROM reservation WHERE pk IN (" + LOST + ")", before, MOST_CLEARED);
        session.update("DELETE FROM spending WHERE pk IN (" + OVER + ")", before, MOST_CLEARED);
    }

    private static void requireAmount(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("an amount of " + amount);
        }
    }
}
