package io.perpetua.adapters.sqlite;

import io.perpetua.application.journal.Journal;
import io.perpetua.application.journal.RowFields;
import io.perpetua.domain.journal.JournalRow;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The journal in SQLite. A cursor is the time and number of the last row that was given. */
@Singleton
@Embedded
final class SqliteJournal implements Journal {

    /** How many rows are read or removed at once. */
    private static final int SOME = 1_000;

    private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    private static final String ADD =
            "INSERT OR IGNORE INTO journal (id, at, tenant, namespace, conversation, fields) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String FORGET =
            "DELETE FROM journal WHERE pk IN (SELECT pk FROM journal WHERE at < ? ORDER BY at LIMIT ?)";

    private final Database database;

    SqliteJournal(Database database) {
        this.database = database;
    }

    private record Numbered(long pk, JournalRow row) {

        String cursor() {
            return row.at().toEpochMilli() + "-" + pk;
        }
    }

    @Override
    public void add(List<JournalRow> rows) {
        database.write(session -> {
            for (JournalRow row : rows) {
                session.update(
                        ADD,
                        row.id(),
                        row.at().toEpochMilli(),
                        row.tenant(),
                        row.namespace(),
                        row.conversation(),
                        Fields.join(RowFields.of(row)));
            }
            return rows.size();
        });
    }

    @Override
    public Page page(Selection selection, @Nullable String cursor, int limit) {
        var found = read(selection, cursor, limit + 1);
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new Page(
                page.stream().map(Numbered::row).toList(), more ? page.getLast().cursor() : null);
    }

    @Override
    public void each(Selection selection, Consumer<JournalRow> rows) {
        @Nullable String cursor = null;
        do {
            var some = read(selection, cursor, SOME);
            some.forEach(each -> rows.accept(each.row()));
            cursor = some.size() < SOME ? null : some.getLast().cursor();
        } while (cursor != null);
    }

    private List<Numbered> read(Selection selection, @Nullable String cursor, int limit) {
        var where = new StringBuilder("at >= ? AND at < ?");
        var values = new ArrayList<@Nullable Object>();
        values.add(millis(selection.from()));
        values.add(millis(selection.to()));
        and(where, values, "tenant", selection.tenant());
        and(where, values, "namespace", selection.namespace());
        and(where, values, "conversation", selection.conversation());
        if (cursor != null) {
            var match = CURSOR.matcher(cursor);
            if (!match.matches()) {
                throw new IllegalArgumentException("no cursor: " + cursor);
            }
            where.append(" AND (at, pk) < (?, ?)");
            values.add(Long.valueOf(match.group(1)));
            values.add(Long.valueOf(match.group(2)));
        }
        values.add(limit);
        return database.read(session -> session.list(
                "SELECT pk, at, tenant, namespace, conversation, fields FROM journal WHERE " + where
                        + " ORDER BY at DESC, pk DESC LIMIT ?",
                SqliteJournal::numbered,
                values.toArray()));
    }

    private static void and(StringBuilder where, List<@Nullable Object> values, String column, @Nullable String value) {
        if (value != null) {
            where.append(" AND ").append(column).append(" = ?");
            values.add(value);
        }
    }

    /** What is farther away than a number of milliseconds can say is as far as that can. */
    private static long millis(Instant at) {
        try {
            return at.toEpochMilli();
        } catch (ArithmeticException e) {
            return at.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static Numbered numbered(ResultSet row) throws SQLException {
        return new Numbered(
                row.getLong(1),
                RowFields.row(
                        Instant.ofEpochMilli(row.getLong(2)),
                        Objects.requireNonNull(row.getString(3)),
                        Objects.requireNonNull(row.getString(4)),
                        row.getString(5),
                        Fields.split(row.getString(6))));
    }

    @Override
    public int forget(Instant before) {
        return database.write(session -> session.update(FORGET, millis(before), SOME));
    }
}
