package io.perpetua.bootstrap;

import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.perpetua.application.admission.AdmitRequests;
import io.perpetua.application.admission.QueueState;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds a stop up, as long as it may be, until every answer that is under way has ended: what is to be written about it needs
 * the lanes and the stores, which close after that.
 */
@Singleton
@Requires(notEnv = Contexts.TOOL)
final class AnswersUnderWay implements GracefulShutdownCapable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final AdmitRequests chats;
    private final AdmitRequests memory;

    AnswersUnderWay(AdmitRequests chats, @Named("memory") AdmitRequests memory) {
        this.chats = chats;
        this.memory = memory;
    }

    @Override
    public CompletionStage<?> shutdownGracefully() {
        var ended = new CompletableFuture<Void>();
        Thread.ofVirtual().name("stop-waits").start(() -> {
            while (underWay() > 0) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            ended.complete(null);
        });
        return ended;
    }

    @Override
    public OptionalLong reportActiveTasks() {
        return OptionalLong.of(underWay());
    }

    private int underWay() {
        return underWay(chats.state()) + underWay(memory.state());
    }

    private static int underWay(QueueState state) {
        return state.served() + state.waiting();
    }
}
