package io.perpetua.adapters.llm.embedding;

import io.perpetua.application.memory.EmbedderUnavailable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few platform threads for native work, in order of arrival: on a virtual thread it would hold the carrier that all
 * other requests share. The caller waits, so no more is queued than there are callers.
 */
final class Lane {

    private static final int IDLE_SECONDS = 60;
    private static final int FINISHING_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    Lane(String name, int width) {
        threads = new ThreadPoolExecutor(
                width,
                width,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name + "-", 1).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** @throws EmbedderUnavailable if {@code work} fails, the caller is interrupted, or this lane is closed */
    <T> T run(Callable<T> work) {
        try {
            return threads.submit(work).get();
        } catch (ExecutionException e) {
            throw new EmbedderUnavailable("the embedder failed", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbedderUnavailable("interrupted while waiting for the embedder", e);
        } catch (RejectedExecutionException e) {
            throw new EmbedderUnavailable("the embedder is closed", e);
        }
    }

    /** Takes on nothing more, and tells whether what it has taken on came to its end in good time. */
    boolean finish() {
        threads.shutdown();
        try {
            return threads.awaitTermination(FINISHING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
