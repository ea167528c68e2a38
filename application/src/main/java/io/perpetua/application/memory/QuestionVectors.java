package io.perpetua.application.memory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/*
 * A call that has taken too long is left alone, not interrupted: it may be in native code, and what it brings the
 * embedder may still keep for the next who asks the same. It holds its place until it ends. When all places are taken,
 * questions are refused at once: more of them would only wait behind each other, each until its deadline, for nothing.
 */
/** Embeds questions, for as long as an answer can wait. Safe for concurrent use. */
public final class QuestionVectors {

    private static final int PLACES = 32;

    private final Embedder embedder;
    private final @Nullable Duration deadline;
    private final Executor threads;
    private final Semaphore places = new Semaphore(PLACES);

    /** Asks {@code embedder} for as long as it takes, on the caller's thread. */
    public QuestionVectors(Embedder embedder) {
        this.embedder = embedder;
        this.deadline = null;
        this.threads = Runnable::run;
    }

    /**
     * Asks {@code embedder} until {@code deadline} has passed.
     *
     * @param deadline more than nothing
     * @param threads runs each call on a thread of its own
     */
    public QuestionVectors(Embedder embedder, Duration deadline, Executor threads) {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("a question cannot be embedded within " + deadline);
        }
        this.embedder = embedder;
        this.deadline = deadline;
        this.threads = threads;
    }

    /**
     * A question's vector.
     *
     * @return null when there is nothing to embed
     * @throws EmbedderUnavailable if the embedder does not answer, or not in time
     */
    public float @Nullable [] of(String question) {
        return deadline == null ? embedder.embedQuery(question) : within(deadline, question);
    }

    private float @Nullable [] within(Duration deadline, String question) {
        if (!places.tryAcquire()) {
            throw new EmbedderUnavailable("too many questions wait for the embedder", new RejectedExecutionException());
        }
        try {
            return begun(question).get(deadline.toNanos(), TimeUnit.NANOSECONDS).orElse(null);
        } catch (TimeoutException e) {
            throw new EmbedderUnavailable("the embedder did not answer within " + deadline, e);
        } catch (ExecutionException e) {
            throw new EmbedderUnavailable("the embedder failed", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbedderUnavailable("interrupted while waiting for the embedder", e);
        }
    }

    private CompletableFuture<Optional<float[]>> begun(String question) {
        try {
            return CompletableFuture.supplyAsync(() -> answer(question), threads);
        } catch (RejectedExecutionException e) {
            places.release();
            throw new EmbedderUnavailable("the server is stopping", e);
        }
    }

    private Optional<float[]> answer(String question) {
        try {
            return Optional.ofNullable(embedder.embedQuery(question));
        } finally {
            places.release();
        }
    }
}
