package io.perpetua.bootstrap;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
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

    /** Turns whose facts may wait; those of more stay anchors. */
    private static final int WAITING_FACTS = 1_000;

    private final ExecutorService briefs = lane("briefs", WAITING_BRIEFS);
    private final ExecutorService facts = lane("facts", WAITING_FACTS);
    private final ExecutorService factReading = lane("fact-reading", WAITING_BRIEFS);

    /** Whoever has work for it has one piece at a time. */
    private final ExecutorService factVectors = lane("fact-vectors", 1);

    private static ExecutorService lane(String name, int waiting) {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), named(name));
    }

    /** Threads for those who mostly wait for an embedder, which bounds how much of the machine they take. */
    Executor embedding() {
        return Thread.ofVirtual().name("embedding-", 0)::start;
    }

    /** Threads for those who wait for their turn to read a region. */
    Executor decoding() {
        return Thread.ofVirtual().name("decoding-", 0)::start;
    }

    Executor briefs() {
        return briefs;
    }

    /** For what rules find. */
    Executor facts() {
        return facts;
    }

    /** For what a model is asked. */
    Executor factReading() {
        return factReading;
    }

    Executor factVectors() {
        return factVectors;
    }

    @PreDestroy
    void close() throws InterruptedException {
        factVectors.shutdownNow(); // made again when they are wanted
        var lanes = List.of(facts, briefs, factReading);
        lanes.forEach(ExecutorService::shutdown);
        for (var each : lanes) {
            if (!each.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                each.shutdownNow();
            }
        }
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name + "-", 0).daemon().factory();
    }
}
