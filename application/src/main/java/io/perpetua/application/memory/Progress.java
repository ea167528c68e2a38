package io.perpetua.application.memory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far work has come, for those who wait for it as long as it moves. Safe for concurrent use. */
final class Progress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long steps;

    /** The work has moved. */
    void step() {
        lock.lock();
        try {
            steps++;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long steps() {
        lock.lock();
        try {
            return steps;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the work has moved since {@code seen}.
     *
     * @param nanos how long at most
     * @return how much of that is left, nothing or less when time is over
     */
    long awaitStep(long seen, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (steps == seen && left > 0) {
                left = moved.awaitNanos(left);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What {@code work} comes to; false when it has not moved for as long as {@code patience}, or the caller is
     * interrupted. The work goes on then.
     */
    boolean follow(CompletableFuture<Boolean> work, Duration patience) {
        for (long seen = steps(); ; seen = steps()) {
            try {
                return work.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (steps() == seen) {
                    return false;
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
