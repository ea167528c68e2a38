package io.perpetua.adapters.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.annotation.Requires;
import io.perpetua.adapters.sqlite.Session.Reader;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.Fork;
import io.perpetua.application.spool.Spool;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.mode.Mode;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/*
 * What can be told without the file is counted before a row is written and after it is deleted, so that whoever looks in
 * between finds too much waiting, and never too little.
 */
/** The spool, in the file {@code spool.db} of a data directory that this process has for itself. */
@Singleton
@Requires(property = "perpetua.store", value = "redis")
@Requires(notEnv = "tool")
final class SqliteSpool implements Spool, AutoCloseable {

    static final String FILE = "spool.db";

    /** What an append takes besides what is said in it, roughly. */
    private static final int OVERHEAD = 256;

    private static final long MEGABYTE = 1 << 20;

    private static final String WAITING = """
            SELECT w.number, tenant, namespace, id, user, source, source_turns, expected, mode, request, first, blind, turns
            FROM waiting w JOIN said s ON s.number = w.number
            """;
    private static final String OLDEST = WAITING + "WHERE w.number > ? ORDER BY w.number LIMIT ?";
    private static final String OF = WAITING + "WHERE tenant = ? AND namespace = ? AND id = ? ORDER BY w.number";
    private static final String BRANCHING_OFF =
            WAITING + "WHERE tenant = ? AND namespace = ? AND source = ? ORDER BY w.number";
    private static final String PLACE = """
            INSERT OR REPLACE INTO waiting (number, tenant, namespace, id, user, source, source_turns, expected, mode,
              request, first, blind, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String PLACED = "SELECT tenant, namespace, id, bytes FROM waiting ";

    private final DirectoryLock lock;
    private final Session session;
    private final Writer writer;
    private final long most;
    private final Map<ConversationKey, Integer> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger appends = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    @Inject
    SqliteSpool(SqliteSettings directory, SpoolSettings settings) {
        this(directory.data(), settings.spoolMegabytes() * MEGABYTE);
    }

    /**
     * Opens the file for this process alone, and makes it when it is missing.
     *
     * @param most bytes that wait at most
     * @throws IllegalStateException if another process has the directory
     * @throws StoreUnavailable if the file cannot be opened
     */
    SqliteSpool(Path directory, long most) {
        this.most = most;
        lock = DirectoryLock.take(directory);
        Session opened = null;
        try {
            opened = Session.writing(directory.resolve(FILE));
            prepare(opened);
            opened.list(PLACED, SqliteSpool::placed).forEach(placed -> counted(placed, 1));
        } catch (SQLException e) {
            if (opened != null) {
                Database.quietly(opened);
            }
            Database.quietly(lock);
            throw Database.unavailable("open " + directory.resolve(FILE).toAbsolutePath(), e);
        }
        session = opened;
        writer = new Writer(session);
    }

    /** Where an append goes, and what it takes. */
    private record Placed(ConversationKey key, long bytes) {}

    private static void prepare(Session session) throws SQLException {
        if (session.number("PRAGMA user_version") == 0) {
            String script = Schema.text("spool.sql") + ";PRAGMA user_version = 1";
            session.transaction("BEGIN IMMEDIATE", open -> {
                open.script(script);
                return true;
            });
        }
        if (session.number("SELECT count(*) FROM waiting") == 0) {
            session.script("VACUUM");
        }
        // What a crash left between a removal and the emptying of the log goes now.
        Writer.emptyLog(session);
    }

    @Override
    public long add(Append append, Line line) {
        String turns = SaidTurns.of(append.turns());
        var placed = new Placed(append.key(), OVERHEAD + turns.getBytes(UTF_8).length);
        if (bytes.get() + placed.bytes() > most) {
            throw new StoreUnavailable(
                    "No more turns can wait for the shared store; nothing was acknowledged",
                    new IllegalStateException("the spool holds " + bytes.get() + " bytes"),
                    true);
        }
        counted(placed, 1);
        boolean added = false;
        try {
            long number = writer.write(open -> {
                long next = open.insert("INSERT INTO said (turns) VALUES (?)", turns);
                place(open, new Waiting(next, append, line), placed.bytes());
                return next;
            });
            added = true;
            return number;
        } finally {
            if (!added) {
                counted(placed, -1);
            }
        }
    }

    @Override
    public List<Waiting> oldest(long after, int limit) {
        return list(OLDEST, after, limit);
    }

    @Override
    public List<Waiting> of(ConversationKey key) {
        return list(OF, key.scope().tenant(), key.scope().namespace(), key.id());
    }

    @Override
    public List<Waiting> branchingOff(ConversationKey key) {
        return list(BRANCHING_OFF, key.scope().tenant(), key.scope().namespace(), key.id());
    }

    private List<Waiting> list(String sql, Object... values) {
        Reader<Waiting> reader = SqliteSpool::waiting;
        return writer.write(open -> open.list(sql, reader, values));
    }

    @Override
    public boolean holds(ConversationKey key) {
        return waiting.containsKey(key);
    }

    @Override
    public void replace(List<Waiting> others) {
        var before = new ArrayList<Placed>();
        var after = new ArrayList<Placed>();
        others.forEach(other -> counted(new Placed(other.append().key(), 0), 1));
        boolean replaced = false;
        try {
            writer.write(open -> {
                before.clear();
                after.clear();
                for (var other : others) {
                    var placed = open.first(PLACED + "WHERE number = ?", SqliteSpool::placed, other.number());
                    if (placed == null) {
                        after.add(new Placed(other.append().key(), 0)); // counted for nothing
                    } else {
                        before.add(new Placed(placed.key(), 0));
                        place(open, other, placed.bytes());
                    }
                }
                return others.size();
            });
            replaced = true;
        } finally {
            if (replaced) {
                before.forEach(placed -> counted(placed, -1));
                after.forEach(placed -> counted(placed, -1));
            } else {
                others.forEach(other -> counted(new Placed(other.append().key(), 0), -1));
            }
        }
    }

    @Override
    public void remove(Collection<Long> numbers) {
        var gone = writer.erase(open -> {
            var found = new ArrayList<Placed>();
            for (long number : numbers) {
                var placed = open.first(PLACED + "WHERE number = ?", SqliteSpool::placed, number);
                if (placed != null) {
                    found.add(placed);
                    open.update("UPDATE said SET turns = '' WHERE number = ?", number);
                    open.update("DELETE FROM waiting WHERE number = ?", number);
                }
            }
            open.update("DELETE FROM said WHERE NOT EXISTS (SELECT 1 FROM waiting)");
            return found;
        });
        gone.forEach(placed -> counted(placed, -1));
    }

    @Override
    public Level level() {
        return new Level(appends.get(), bytes.get(), most);
    }

    private void counted(Placed placed, int change) {
        appends.addAndGet(change);
        bytes.addAndGet(change * placed.bytes());
        waiting.merge(placed.key(), change, (before, more) -> before + more == 0 ? null : before + more);
    }

    private static void place(Session session, Waiting each, long size) throws SQLException {
        var append = each.append();
        var from = append.from();
        var mode = append.mode();
        session.update(
                PLACE,
                each.number(),
                append.key().scope().tenant(),
                append.key().scope().namespace(),
                append.key().id(),
                append.user(),
                from == null ? null : from.source().id(),
                from == null ? null : from.turns(),
                append.expectedTurns(),
                mode == null ? null : mode.name(),
                append.request(),
                each.line().first(),
                each.line().blind() ? 1 : 0,
                size);
    }

    private static Placed placed(ResultSet row) throws SQLException {
        return new Placed(key(row, 1), row.getLong(4));
    }

    private static ConversationKey key(ResultSet row, int column) throws SQLException {
        return new ConversationKey(
                new Scope(row.getString(column), row.getString(column + 1)), row.getString(column + 2));
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        var key = key(row, 2);
        @Nullable String source = row.getString(6);
        @Nullable String mode = row.getString(9);
        var append = new Append(
                key,
                row.getString(5),
                source == null ? null : new Fork(key.sibling(source), row.getInt(7)),
                row.getInt(8),
                SaidTurns.turns(row.getString(13)),
                mode == null ? null : Mode.valueOf(mode),
                row.getString(10));
        return new Waiting(row.getLong(1), append, new Line(row.getInt(11), row.getInt(12) != 0));
    }

    @Override
    @PreDestroy
    public void close() {
        writer.close();
        Database.quietly(session);
        Database.quietly(lock);
    }
}
