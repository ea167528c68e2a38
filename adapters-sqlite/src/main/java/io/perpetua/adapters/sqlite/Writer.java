package io.perpetua.adapters.sqlite;

import io.perpetua.adapters.sqlite.Session.Work;
import io.perpetua.application.StoreUnavailable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. What waits while it commits is committed together next, so that many share one flush to
 * the disk; where one of them fails, each is done again alone. Safe for concurrent use.
 */
final class Writer implements AutoCloseable {

    private static final int MOST_TOGETHER = 64;

    private final Session session;
    private final BlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();
    private final Job<?> end = new Job<>(nothing -> true, false);
    private final Thread thread;
    private boolean closed;

    Writer(Session session) {
        this.session = session;
        this.thread = Thread.ofPlatform().daemon().name("perpetua-sqlite").start(this::run);
    }

    /** Returns when {@code work} is on the disk. */
    <T extends @Nullable Object> T write(Work<T> work) {
        return submit(new Job<>(work, false));
    }

    /** Returns when {@code work} is on the disk and what it removed is in none of the store's files. */
    <T extends @Nullable Object> T erase(Work<T> work) {
        return submit(new Job<>(work, true));
    }

    private <T extends @Nullable Object> T submit(Job<T> job) {
        synchronized (this) {
            if (closed) {
                throw new StoreUnavailable("the store is closed; nothing was written", new IllegalStateException());
            }
            jobs.add(job);
        }
        try {
            return job.answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw Database.unavailable("write", cause);
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        List<Job<?>> together = new ArrayList<>();
        boolean open = true;
        while (open) {
            together.add(next());
            jobs.drainTo(together, MOST_TOGETHER - 1);
            open = !together.remove(end);
            if (together.size() < 2 || !commit(together)) {
                together.forEach(job -> commit(List.of(job)));
            }
            together.clear();
        }
    }

    private Job<?> next() {
        while (true) {
            try {
                return jobs.take();
            } catch (InterruptedException nobodyShould) {
                // What waits has to be written all the same.
            }
        }
    }

    /** Returns false, with nothing written and nobody told, when several were given and one of them failed. */
    private boolean commit(List<Job<?>> together) {
        try {
            session.transaction("BEGIN IMMEDIATE", open -> {
                for (Job<?> job : together) {
                    job.doOn(open);
                }
                return together.size();
            });
        } catch (SQLException | RuntimeException | Error e) {
            if (together.size() == 1) {
                together.getFirst().answer.completeExceptionally(e);
            }
            return together.size() == 1;
        }
        if (together.stream().anyMatch(job -> job.erases)) {
            emptyLogFor(together);
        }
        together.forEach(Job::tell);
        return true;
    }

    private void emptyLogFor(List<Job<?>> together) {
        try {
            emptyLog(session);
        } catch (SQLException e) {
            together.stream().filter(job -> job.erases).forEach(job -> job.answer.completeExceptionally(e));
        }
    }

    /** Brings the log's contents into the file and leaves the log empty. Waits for readers that still need it. */
    static void emptyLog(Session session) throws SQLException {
        if (session.number("PRAGMA wal_checkpoint(TRUNCATE)") != 0) {
            throw new SQLException("erased, but a reader kept the log from being emptied");
        }
    }

    /** Finishes what waits, then ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            jobs.add(end);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Job<T extends @Nullable Object> {

        final CompletableFuture<T> answer = new CompletableFuture<>();
        final boolean erases;
        private final Work<T> work;
        private Runnable telling = () -> {};

        Job(Work<T> work, boolean erases) {
            this.work = work;
            this.erases = erases;
        }

        void doOn(Session session) throws SQLException {
            T result = work.on(session);
            telling = () -> answer.complete(result);
        }

        /** Tells the one who waits that it is done, unless something else was told already. */
        void tell() {
            telling.run();
        }
    }
}
