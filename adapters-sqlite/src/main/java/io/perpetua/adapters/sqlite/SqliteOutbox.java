package io.perpetua.adapters.sqlite;

import io.perpetua.application.conversation.Outbox;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The outbox, in SQLite. */
@Singleton
@Embedded
final class SqliteOutbox implements Outbox {

    static final String PENDING = """
            SELECT o.number, b.pk, b.tenant, b.namespace, b.name, o.first, ifnull(o.last, 0)
            FROM outbox o JOIN branch b ON b.pk = o.branch WHERE o.number > ? ORDER BY o.number LIMIT ?
            """;
    /** An entry takes at most 256 turns, so that a page of entries stays small. */
    private static final String REFILL = """
            INSERT INTO outbox (branch, first, last)
            SELECT branch, min(number), max(number) FROM turn WHERE branch IS NOT NULL
            GROUP BY branch, number / 256 ORDER BY branch, number / 256
            """;

    /** Of all paths through a branch the one that has most of it; before the branch they are the same. */
    static final String LONGEST_PATH = """
            SELECT s.conversation, s.last FROM branch b JOIN segment s ON s.branch = b.pk
            WHERE b.tenant = ? AND b.namespace = ? AND b.name = ? ORDER BY s.last DESC LIMIT 1
            """;

    static final String UNUSED = """
            DELETE FROM branch WHERE pk IN (SELECT branch FROM outbox WHERE number <= ? AND last IS NULL)
              AND NOT EXISTS (SELECT 1 FROM segment s WHERE s.branch = branch.pk)
              AND NOT EXISTS (SELECT 1 FROM turn t WHERE t.branch = branch.pk)
              AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.branch = branch.pk AND o.number > ?)
            """;

    private final Database database;

    SqliteOutbox(Database database) {
        this.database = database;
    }

    private record Row(long number, long branch, Scope scope, String name, int first, int last) {

        Entry entry(Session session) throws SQLException {
            return last == 0
                    ? new Entry.Erased(number, scope, name, first - 1)
                    : new Entry.Written(number, scope, name, Turns.onBranch(session, branch, first, last));
        }
    }

    @Override
    public List<Entry> pending(long after, int limit) {
        return database.read(session -> {
            List<Entry> entries = new ArrayList<>();
            for (Row row : session.list(
                    PENDING,
                    r -> new Row(
                            r.getLong(1),
                            r.getLong(2),
                            new Scope(r.getString(3), r.getString(4)),
                            r.getString(5),
                            r.getInt(6),
                            r.getInt(7)),
                    after,
                    limit)) {
                entries.add(row.entry(session));
            }
            return entries;
        });
    }

    private record Reach(long conversation, int last) {}

    @Override
    public List<Turn> turns(Scope scope, String branch, int first, int last) {
        return database.read(session -> {
            var reach = session.first(
                    LONGEST_PATH,
                    row -> new Reach(row.getLong(1), row.getInt(2)),
                    scope.tenant(),
                    scope.namespace(),
                    branch);
            return reach == null || reach.last() < first
                    ? List.of()
                    : Turns.onPath(
                            session, reach.conversation(), List.of(new TurnRange(first, Math.min(last, reach.last()))));
        });
    }

    @Override
    public void forget(long through) {
        database.write(session -> {
            session.update("PRAGMA defer_foreign_keys = ON");
            session.update(UNUSED, through, through);
            return session.update("DELETE FROM outbox WHERE number <= ?", through);
        });
    }

    @Override
    public long depth() {
        return database.read(session -> session.number("SELECT count(*) FROM outbox"));
    }

    @Override
    public void refill() {
        database.write(session -> session.update(REFILL));
    }
}
