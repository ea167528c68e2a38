package io.perpetua.adapters.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/*
 * SQLite lets several processes write in turn, so a tool needs the directory for itself only to make or migrate the file,
 * and has it no longer than that: a server may start at any moment. Where a server has it, the file is as that server
 * needs it, and another version keeps away.
 */
/** Opens the file for a tool, which may run beside a server. */
final class Beside {

    /** How long another process may take to bring the file up to date, and then some. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Beside() {}

    /**
     * Opens the file for writing; where no process has the directory it is made when it is missing and brought up to date
     * when it is old.
     *
     * @param patience how long another process may take to do that
     * @throws IllegalStateException if another version has written the file
     */
    static Session open(Path directory, Path file, Duration patience) throws SQLException {
        makeDirectory(directory);
        Session session = Session.beside(file);
        boolean ready = false;
        try {
            update(session, directory, file, patience);
            ready = true;
            return session;
        } finally {
            if (!ready) {
                session.close();
            }
        }
    }

    private static void update(Session session, Path directory, Path file, Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (!Schema.isCurrent(session, file)) {
            if (updated(session, directory, file)) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The data directory " + directory.toAbsolutePath()
                        + " is in use by an older version of Perpetua. Use that version, or stop it first.");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean updated(Session session, Path directory, Path file) throws SQLException {
        try (var lock = DirectoryLock.takeIfFree(directory)) {
            if (lock != null) {
                Schema.update(session, file);
            }
            return lock != null;
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + directory.toAbsolutePath() + " is not usable", e);
        }
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The data directory " + directory.toAbsolutePath() + " is not usable", e);
        }
    }
}
