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

/** Calls one provider, up to the head of its response. Safe for concurrent use. */
final class HttpCalls implements AutoCloseable {

    /* The HTTP client's thread runs every callback itself (a direct executor) and never waits: bodies flow through a
     * BodyFeed, whose reader decides the pace. Redirects are not followed, for they would carry the key elsewhere, and
     * compression is not asked for. */

    private static final HttpRequest NUDGE =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:0/")).build();

    private final ProviderSettings settings;
    private final Failures failures;
    private final HttpClient client;

    HttpCalls(ProviderSettings settings, Failures failures) {
        this.settings = settings;
        this.failures = failures;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeouts().connect())
                .executor(Runnable::run)
                .build();
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

    private ProviderFailure failure(ExecutionException e) {
        if (e.getCause() instanceof HttpConnectTimeoutException timeout) {
            return failures.connectTimeout(timeout);
        }
        if (e.getCause() instanceof IOException io) {
            return failures.unreachable(io);
        }
        throw new IllegalStateException("the HTTP client failed", e);
    }

    /**
     * Wakes the HTTP client's selector. A socket that another thread has closed is only half closed until then, which is
     * up to 3 s where nothing else happens, and an upstream that writes and never reads goes on for as long. There is no
     * method for that; a connection that fails at once (nobody can listen on port 0) sets a timer, and that does it.
     */
    void nudge() {
        client.sendAsync(NUDGE, BodyHandlers.discarding()).cancel(true);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
