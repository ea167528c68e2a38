package io.perpetua.adapters.sqlite;

import io.perpetua.adapters.sqlite.Session.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A few connections that only read, each within one snapshot of the file. Safe for concurrent use; more readers wait. */
final class Readers implements AutoCloseable {

    private final Semaphore free;
    private final List<Session> all = new ArrayList<>();
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();

    Readers(List<Session> sessions) {
        all.addAll(sessions);
        idle.addAll(sessions);
        free = new Semaphore(sessions.size());
    }

    <T extends @Nullable Object> T read(Work<T> work) throws SQLException {
        free.acquireUninterruptibly();
        Session session = idle.pop();
        try {
            return session.transaction("BEGIN", work);
        } finally {
            idle.push(session);
            free.release();
        }
    }

    /** Waits for those who read. Whoever comes later fails. */
    @Override
    public void close() throws SQLException {
        free.acquireUninterruptibly(all.size());
        try {
            for (Session session : all) {
                session.close();
            }
        } finally {
            free.release(all.size());
        }
    }
}
