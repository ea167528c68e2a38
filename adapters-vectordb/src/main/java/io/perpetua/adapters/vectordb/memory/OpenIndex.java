package io.perpetua.adapters.vectordb.memory;

import io.perpetua.application.memory.IndexUnavailable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/**
 * An index's files as long as they can be used: opened when first needed, and opened again after a failure that ended
 * their use. Safe for concurrent use.
 */
public final class OpenIndex implements AutoCloseable {

    /** What is done with the files. */
    public interface Use<T> {
        T on(IndexFiles files) throws IOException;
    }

    private final IndexFiles.Place place;
    private final IndexFiles.Layout layout;
    private final Runnable reopened;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicBoolean lost = new AtomicBoolean();
    private final AtomicBoolean erased = new AtomicBoolean();
    private volatile @Nullable IndexFiles files;
    private volatile boolean damaged;
    private volatile boolean closed;

    /** Files at {@code place}; {@code reopened} is told when what was not committed is gone. */
    public OpenIndex(IndexFiles.Place place, IndexFiles.Layout layout, Runnable reopened) {
        this.place = place;
        this.layout = layout;
        this.reopened = reopened;
    }

    /** Uses the files, as others may at the same time. */
    public <T> T shared(String purpose, Use<T> use) {
        return using(lock.readLock(), purpose, use);
    }

    /** Uses the files when nobody else does. */
    private <T> T alone(String purpose, Use<T> use) {
        return using(lock.writeLock(), purpose, use);
    }

    /** The next flush is to take out of the files what has been deleted. */
    public void noteErasure() {
        erased.set(true);
    }

    /**
     * Makes everything durable, and takes out of the files what was erased.
     *
     * @throws IndexUnavailable also when something that was not committed has been lost since the last time
     */
    public void flush() {
        boolean expunge = erased.getAndSet(false);
        try {
            shared("write to disk", used -> {
                if (expunge) {
                    used.expunge();
                }
                used.commit();
                return true;
            });
            if (expunge) {
                alone("delete what was erased", used -> {
                    used.dropOld();
                    return true;
                });
            }
        } catch (RuntimeException e) {
            erased.compareAndSet(false, expunge);
            throw e;
        }
        if (lost.getAndSet(false)) {
            throw new IndexUnavailable("what was put since the last flush was lost in a failure", null);
        }
    }

    /** Whether the files have been filled since they began empty. */
    public boolean isRefilled() {
        return shared("say what it holds", IndexFiles::refilled);
    }

    public void noteRefilled() {
        shared("write to disk", used -> {
            used.note(true);
            return true;
        });
    }

    private <T> T using(Lock access, String purpose, Use<T> use) {
        try {
            open();
            access.lock();
            try {
                return use.on(usable());
            } finally {
                access.unlock();
            }
        } catch (IOException | AlreadyClosedException e) {
            damaged |= IndexFiles.damage(e) || (e.getCause() instanceof Exception cause && IndexFiles.damage(cause));
            throw new IndexUnavailable(layout.name() + " could not " + purpose, e);
        }
    }

    private IndexFiles usable() {
        IndexFiles found = files;
        if (found == null || closed) {
            throw new AlreadyClosedException(layout.name() + " is closed");
        }
        return found;
    }

    private boolean isOpen() {
        IndexFiles found = files;
        return closed || (found != null && found.writer().isOpen() && !damaged);
    }

    private void open() throws IOException {
        if (!isOpen()) {
            lock.writeLock().lock();
            try {
                if (!isOpen()) {
                    abandon();
                    files = IndexFiles.open(place, layout, damaged);
                    damaged = false;
                }
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    private void abandon() throws IOException {
        IndexFiles old = files;
        if (old != null) {
            files = null;
            lost.set(true);
            reopened.run();
            old.abandon();
        }
    }

    /** Commits and closes; later uses fail. */
    @Override
    public void close() throws IOException {
        lock.writeLock().lock();
        try {
            IndexFiles old = files;
            closed = true;
            files = null;
            if (old != null) {
                old.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
