package io.perpetua.adapters.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;

/**
 * One connection with its prepared statements, each prepared once. Not safe for concurrent use: whoever works with it has
 * it alone.
 */
final class Session implements AutoCloseable {

    /** Something to do in one transaction. May be done again if it fails, so it touches nothing but the session. */
    interface Work<T extends @Nullable Object> {
        T on(Session session) throws SQLException;
    }

    /** Reads one row. Must not use the session, where the statement may still be at work. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final long MILLISECOND = 1_000_000;
    private static final int MOST_TRIES = 20_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Session(Connection connection) {
        this.connection = connection;
    }

    static Session writing(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
        return open(file, config);
    }

    /**
     * A connection that writes beside another process. It asks for its turn more often and longer than SQLite's own busy
     * handler, which would find a server that commits without pause always in the middle of it.
     */
    static Session beside(Path file) throws SQLException {
        Session session = writing(file);
        BusyHandler.setHandler(session.connection, new BusyHandler() {
            @Override
            protected int callback(int before) {
                LockSupport.parkNanos(MILLISECOND);
                return before < MOST_TRIES ? 1 : 0;
            }
        });
        return session;
    }

    static Session reading(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        return open(file, config);
    }

    private static Session open(Path file, SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(5_000);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return new Session(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
    }

    /** Does {@code work} in a transaction that {@code begin} starts; what fails leaves nothing behind. */
    <T extends @Nullable Object> T transaction(String begin, Work<T> work) throws SQLException {
        update(begin);
        boolean done = false;
        try {
            T result = work.on(this);
            update("COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        try {
            update("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            // SQLite does it by itself after some failures; the failure itself is on its way to the caller.
        }
    }

    <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
        return run(sql, values, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                List<T> list = new ArrayList<>();
                while (rows.next()) {
                    list.add(reader.read(rows));
                }
                return list;
            }
        });
    }

    /** Takes one row. Must not use the session. */
    interface Visitor {
        /** Returns whether more is wanted. */
        boolean at(ResultSet row) throws SQLException;
    }

    /** Goes through the rows one by one, none of them held for longer, for as long as more are wanted. */
    void each(String sql, Visitor visitor, @Nullable Object... values) throws SQLException {
        run(sql, values, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    more = visitor.at(rows);
                }
                return more;
            }
        });
    }

    <T> @Nullable T first(String sql, Reader<T> reader, @Nullable Object... values) throws SQLException {
        return this.<@Nullable T>run(sql, values, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? reader.read(rows) : null;
            }
        });
    }

    /** The only value of a query that gives exactly one. */
    long number(String sql, @Nullable Object... values) throws SQLException {
        return list(sql, row -> row.getLong(1), values).getFirst();
    }

    /** Returns how many rows were changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return run(sql, values, PreparedStatement::executeUpdate);
    }

    /** Adds a row. Returns its key. */
    long insert(String sql, @Nullable Object... values) throws SQLException {
        update(sql, values);
        return number("SELECT last_insert_rowid()");
    }

    /** Runs statements separated by semicolons. */
    void script(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private <T extends @Nullable Object> T run(String sql, @Nullable Object[] values, Execution<T> execution)
            throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return execution.of(statement);
        } catch (SQLException e) {
            // The driver has done away with a statement that failed.
            statements.remove(sql, statement);
            throw e;
        }
    }

    private interface Execution<T extends @Nullable Object> {
        T of(PreparedStatement statement) throws SQLException;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
