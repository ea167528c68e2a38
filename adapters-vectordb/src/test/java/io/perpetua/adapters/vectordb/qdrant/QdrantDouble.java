package io.perpetua.adapters.vectordb.qdrant;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server in this process that speaks Qdrant's protocol on a socket, as far as the adapter needs it: filters, cosine,
 * multivectors, sparse vectors with the collection's IDF. It can be told to refuse, to keep callers waiting, to fail after
 * it has done what it was told, and to lose everything. Safe for concurrent use.
 */
public final class QdrantDouble implements AutoCloseable {

    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);
    private static final int MOST_BYTES = 64 << 20;

    private final PointStore store = new PointStore();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Server server;
    private final List<String> apiKeys = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable Status refusal;
    private volatile CountDownLatch held = new CountDownLatch(0);

    /** A server at a port that was free. */
    public QdrantDouble() {
        this(0);
    }

    /** A server at {@code port}. */
    QdrantDouble(int port) {
        server = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .addService(new PointsDouble(store))
                .addService(new CollectionsDouble(store))
                .intercept(new Gate())
                .executor(threads)
                .maxInboundMessageSize(MOST_BYTES)
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    int port() {
        return server.getPort();
    }

    /** Answers everything by {@code status} from now on; null to answer as it should. */
    public void refuse(@Nullable Status status) {
        refusal = status;
    }

    /** Keeps callers waiting until {@link #release}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    /** How many calls have come. */
    int calls() {
        return calls.get();
    }

    /** The keys that callers showed, in order. */
    List<String> apiKeys() {
        return apiKeys;
    }

    /** What it holds. */
    PointStore store() {
        return store;
    }

    private final class Gate implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            calls.incrementAndGet();
            String key = headers.get(API_KEY);
            if (key != null) {
                apiKeys.add(key);
            }
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Status status = refusal;
            if (status != null) {
                call.close(status, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    @Override
    public void close() {
        release();
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
