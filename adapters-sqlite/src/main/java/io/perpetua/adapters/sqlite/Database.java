package io.perpetua.adapters.sqlite;

import io.micronaut.context.env.Environment;
import io.perpetua.adapters.sqlite.Session.Work;
import io.perpetua.application.StoreUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file {@code perpetua.db} in a data directory: one connection that writes, a few that read. A server has the directory
 * alone but for tools beside it, which write shortly now and then. Safe for concurrent use; readers and the writer do not
 * wait for each other, writers of several processes do.
 */
@Singleton
@Embedded
final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int READERS = 4;
    /** Emptied rows are given back to the disk when they are more than this, and more than a quarter of the file. */
    private static final long LEAST_WASTE = 1 << 20;

    /** The environment of a command that may run beside a server. */
    private static final String TOOL = "tool";

    private final @Nullable DirectoryLock lock;
    private final Session writing;
    private final Writer writer;
    private final Readers readers;
    private final Path directory;

    @Inject
    Database(SqliteSettings settings, Environment environment) {
        this(settings.data(), environment.getActiveNames().contains(TOOL));
    }

    /**
     * Opens the file for this process alone; it is made when it is missing and brought up to date when it is old.
     *
     * @throws IllegalStateException if another process has the directory, or a newer version has written the file
     * @throws StoreUnavailable if the file cannot be opened
     */
    Database(Path directory) {
        this(directory, false);
    }

    /**
     * Opens the file.
     *
     * @param beside whether another process may have the directory; what concerns the whole file is then left to that one
     * @throws IllegalStateException if another process has the directory and may not, or one of another version has it
     * @throws StoreUnavailable if the file cannot be opened
     */
    Database(Path directory, boolean beside) {
        this.directory = directory;
        lock = beside ? null : DirectoryLock.take(directory);
        Path file = directory.resolve("perpetua.db");
        List<AutoCloseable> opened = new ArrayList<>();
        if (lock != null) {
            opened.add(lock);
        }
        try {
            writing = beside ? Beside.open(directory, file, Beside.PATIENCE) : Session.writing(file);
            opened.add(writing);
            if (!beside) {
                Schema.update(writing, file);
                compact(writing);
                // What a crash left between an erasure and the emptying of the log goes now.
                Writer.emptyLog(writing);
            }
            List<Session> reading = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Session session = Session.reading(file);
                opened.add(session);
                reading.add(session);
            }
            readers = new Readers(reading);
        } catch (SQLException | RuntimeException e) {
            opened.reversed().forEach(Database::quietly);
            throw e instanceof SQLException cause
                    ? unavailable("open " + file.toAbsolutePath(), cause)
                    : (RuntimeException) e;
        }
        writer = new Writer(writing);
    }

    /** Where the store keeps its files. */
    Path directory() {
        return directory;
    }

    /** Whether no other process has the directory. */
    boolean isAlone() {
        return lock != null;
    }

    /** Does {@code work} within one snapshot. */
    <T extends @Nullable Object> T read(Work<T> work) {
        try {
            return readers.read(work);
        } catch (SQLException e) {
            throw unavailable("read", e);
        }
    }

    /** Does {@code work} in one transaction, all of it or nothing, and returns when it is on the disk. */
    <T extends @Nullable Object> T write(Work<T> work) {
        return writer.write(work);
    }

    /** Writes, and returns when what {@code work} emptied or deleted is in none of the files. */
    <T extends @Nullable Object> T erase(Work<T> work) {
        return writer.erase(work);
    }

    private static void compact(Session session) throws SQLException {
        long size = session.number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
        long waste = session.number("SELECT bytes FROM waste");
        if (waste <= Math.max(LEAST_WASTE, size / 4)) {
            return;
        }
        LOG.info("Compacting the database: {} of {} bytes are empty", waste, size);
        try {
            session.script("VACUUM; UPDATE waste SET bytes = 0");
        } catch (SQLException e) {
            LOG.warn("The database stays as large as it is: {}", e.getMessage());
        }
    }

    static StoreUnavailable unavailable(String what, SQLException e) {
        boolean full = e instanceof SQLiteException known && known.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
        return new StoreUnavailable(
                full ? "No room is left on the disk to " + what : "SQLite did not " + what + ": " + e.getMessage(),
                e,
                full);
    }

    static void quietly(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception e) {
            // Why opening failed matters more, and is on its way to the caller.
        }
    }

    @Override
    @PreDestroy
    public void close() {
        writer.close();
        try (lock;
                writing;
                readers) {
            // Closed in the reverse of this order: the writer last, which then removes the log.
        } catch (SQLException | IOException e) {
            throw new StoreUnavailable("SQLite did not close", e);
        }
    }
}
