package io.perpetua.adapters.vectordb.qdrant;

import com.google.common.util.concurrent.ListenableFuture;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.perpetua.application.memory.IndexUnavailable;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsFutureStub;
import io.qdrant.client.grpc.PointsGrpc.PointsFutureStub;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/*
 * The breaker looks at the latest three calls: it opens when all of them failed, so a single slow search of a huge
 * conversation keeps nobody else away. gRPC waits longer and longer between attempts to connect, up to two minutes; as
 * the breaker bounds attempts already, each call that is let through connects at once.
 */
/** How Qdrant is asked: within a deadline, and not at all for a while when it has failed. Safe for concurrent use. */
final class Connection implements AutoCloseable {

    private static final int FAILURES = 3;
    private static final float ALL = 100;

    /** What only a server that is there says. */
    private static final Set<Status.Code> ANSWERS =
            Set.of(Status.Code.NOT_FOUND, Status.Code.ALREADY_EXISTS, Status.Code.INVALID_ARGUMENT);

    /** Of one answer: the words of a thousand long turns. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int ALIVE_SECONDS = 10;
    private static final int STOP_SECONDS = 5;

    private final QdrantGrpcClient client;
    private final CircuitBreaker breaker;
    private final String name;

    /**
     * A connection that is made when it is first needed.
     *
     * @param rest how long Qdrant is left alone after it has failed
     */
    Connection(QdrantSettings settings, Duration rest) {
        ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                        settings.host(),
                        settings.port(),
                        settings.encrypted() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create())
                .maxInboundMessageSize(MOST_BYTES)
                .keepAliveTime(ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
        var builder = QdrantGrpcClient.newBuilder(channel, true, false);
        client = (settings.apiKey() == null ? builder : builder.withApiKey(settings.apiKey())).build();
        breaker = CircuitBreaker.of(
                "qdrant",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(FAILURES)
                        .minimumNumberOfCalls(FAILURES)
                        .failureRateThreshold(ALL)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitDurationInOpenState(rest)
                        .build());
        name = settings.toString();
    }

    /** Asks about points. */
    <T> T points(String purpose, Deadline deadline, Function<PointsFutureStub, ListenableFuture<T>> call) {
        return answer(purpose, deadline, left -> call.apply(client.points().withDeadlineAfter(left)));
    }

    /** Asks about collections. */
    <T> T collections(String purpose, Deadline deadline, Function<CollectionsFutureStub, ListenableFuture<T>> call) {
        return answer(purpose, deadline, left -> call.apply(client.collections().withDeadlineAfter(left)));
    }

    @SuppressWarnings("IllegalCatch") // whatever it throws, it is not to keep the breaker's permission
    private <T> T answer(String purpose, Deadline deadline, Function<Duration, ListenableFuture<T>> call) {
        Duration left = deadline.left();
        if (!left.isPositive()) {
            throw new IndexUnavailable("Qdrant took too long to " + purpose, null);
        }
        try {
            breaker.acquirePermission();
        } catch (CallNotPermittedException e) {
            throw new IndexUnavailable("Qdrant is left alone for a while, since it has failed", e);
        }
        long start = System.nanoTime();
        try {
            connectAtOnce();
            T answer = call.apply(left).get(left.toNanos(), TimeUnit.NANOSECONDS);
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return answer;
        } catch (InterruptedException e) {
            breaker.releasePermission();
            Thread.currentThread().interrupt();
            throw new IndexUnavailable("interrupted while Qdrant was to " + purpose, e);
        } catch (ExecutionException | TimeoutException e) {
            if (ANSWERS.contains(status(e).getCode()) || isTooLarge(status(e))) {
                breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
            }
            throw new IndexUnavailable(name + " did not " + purpose + ": " + reason(e), e);
        } catch (RuntimeException e) {
            breaker.releasePermission();
            throw e;
        }
    }

    private void connectAtOnce() {
        if (client.channel().getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            client.channel().resetConnectBackoff();
        }
    }

    /** Whether {@code failure} says that the collection is not there. */
    static boolean isNotFound(IndexUnavailable failure) {
        return status(failure).getCode() == Status.Code.NOT_FOUND;
    }

    /** Whether {@code failure} says that what was sent is not taken, now or later. */
    static boolean isRefusal(IndexUnavailable failure) {
        var status = status(failure);
        return status.getCode() == Status.Code.INVALID_ARGUMENT || isTooLarge(status);
    }

    /** By the words that gRPC's servers have for it: an exhausted quota, which has the same code, is not for good. */
    private static boolean isTooLarge(Status status) {
        String told = status.getDescription();
        return (status.getCode() == Status.Code.RESOURCE_EXHAUSTED || status.getCode() == Status.Code.OUT_OF_RANGE)
                && told != null
                && (told.contains("exceeds maximum size")
                        || told.contains("larger than max")
                        || told.contains("too large"));
    }

    private static String reason(Exception failure) {
        var status = status(failure);
        return status.getDescription() == null
                ? status.getCode().toString()
                : status.getCode() + ", " + status.getDescription();
    }

    private static Status status(Throwable failure) {
        return failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException
                ? Status.DEADLINE_EXCEEDED
                : Status.fromThrowable(failure);
    }

    @Override
    public void close() {
        client.close();
        try {
            client.channel().awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
