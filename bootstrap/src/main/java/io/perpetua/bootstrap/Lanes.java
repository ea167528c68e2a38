package io.perpetua.bootstrap;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of background work, apart from those of requests and bounded, so that it never delays an answer. */
@Singleton
final class Lanes {

    /** Briefs that may wait; more are refused, and asked for again by the conversation's next turn. */
    private static final int WAITING_BRIEFS = 1_000;

    private static final long PATIENCE_SECONDS = 5;

    private final ExecutorService briefs = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_BRIEFS), named("briefs"));

    /** Threads for those who mostly wait for an embedder, which bounds how much of the machine they take. */
    Executor embedding() {
        return Thread.ofVirtual().name("embedding-", 0)::start;
    }

    Executor briefs() {
        return briefs;
    }

    @PreDestroy
    void close() throws InterruptedException {
        briefs.shutdown();
        if (!briefs.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            briefs.shutdownNow();
        }
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name + "-", 0).daemon().factory();
    }
}
