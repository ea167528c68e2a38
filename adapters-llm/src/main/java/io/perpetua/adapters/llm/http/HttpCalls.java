package io.perpetua.adapters.llm.http;

import io.perpetua.application.routing.ProviderFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one provider, each up to the head of its response, and the HTTP client that they share: made for the first
 * of them and, once the provider is retired, closed with the last. Safe for concurrent use.
 */
final class HttpCalls implements AutoCloseable {

    /* The HTTP client's thread runs every callback itself (a direct executor) and never waits: bodies flow through a
     * BodyFeed, whose reader decides the pace. Redirects are not followed, for they would carry the key elsewhere, and
     * compression is not asked for. */

    private static final HttpRequest NUDGE =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:0/")).build();

    private final ProviderSettings settings;
    private final Failures failures;
    private @Nullable HttpClient client;
    private int underWay;
    private boolean retired;
    private boolean closed;

    HttpCalls(ProviderSettings settings, Failures failures) {
        this.settings = settings;
        this.failures = failures;
    }

    /**
     * Begins a call. It is under way until it is closed, also beyond the head of its response.
     *
     * @throws ProviderFailure when every call was ended for good
     */
    synchronized Call begin() {
        if (closed) {
            throw failures.unreachable(new IOException("closed"));
        }
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(settings.timeouts().connect())
                    .executor(Runnable::run)
                    .build();
        }
        underWay++;
        return new Call(client);
    }

    /** From now on the client is kept no longer than calls are under way; a late one is given a client of its own. */
    synchronized void retire() {
        retired = true;
        closeIfIdle();
    }

    private synchronized void over() {
        underWay--;
        closeIfIdle();
    }

    private void closeIfIdle() {
        if (retired && underWay == 0) {
            closeClient();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeClient();
    }

    private void closeClient() {
        if (client != null) {
            client.shutdownNow();
            client = null;
        }
    }

    /** One call. Safe for concurrent use once its head has come. */
    final class Call implements AutoCloseable {

        private final HttpClient client;
        private final AtomicBoolean over = new AtomicBoolean();

        private Call(HttpClient client) {
            this.client = client;
        }

        /**
         * Sends {@code request} and waits for the head of the response.
         *
         * @throws ProviderFailure when none came within {@code limit}
         * @throws CancellationException when the caller is interrupted, which cancels the call
         */
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request, Limits.Limit limit) {
            var call = client.sendAsync(request, BodyHandlers.ofPublisher());
            try {
                return call.get(limit.left(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                giveUp(call);
                throw failures.timeout(limit);
            } catch (InterruptedException e) {
                giveUp(call);
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while asking " + settings.name());
            } catch (ExecutionException e) {
                throw failure(e);
            }
        }

        /** Cancels a call, also where its head has come at this very moment: then its body is what there is to cancel. */
        private void giveUp(CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> call) {
            if (!call.cancel(true)) {
                var unwanted = new BodyFeed(0, this::nudge);
                unwanted.close();
                var _ = call.thenAccept(response -> response.body().subscribe(unwanted));
            }
        }

        /**
         * Wakes the HTTP client's selector. A socket that another thread has closed is only half closed until then, which
         * is up to 3 s where nothing else happens, and an upstream that writes and never reads goes on for as long. There
         * is no method for that; a connection that fails at once (nobody can listen on port 0) sets a timer, and that
         * does it.
         */
        void nudge() {
            client.sendAsync(NUDGE, BodyHandlers.discarding()).cancel(true);
        }

        /** The call is over, with all that belongs to its response. */
        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                HttpCalls.this.over();
            }
        }
    }

    private ProviderFailure failure(ExecutionException e) {
        if (e.getCause() instanceof HttpConnectTimeoutException timeout) {
            return failures.connectTimeout(timeout);
        }
        if (e.getCause() instanceof IOException io) {
            return failures.unreachable(io);
        }
        throw new IllegalStateException("the HTTP client failed", e);
    }
}
