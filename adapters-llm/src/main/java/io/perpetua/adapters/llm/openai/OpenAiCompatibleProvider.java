package io.perpetua.adapters.llm.openai;

import io.perpetua.adapters.llm.openai.BodyFeed.Piece;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Any provider that speaks OpenAI's chat completions over HTTP. Safe for concurrent use; meant to be called on virtual
 * threads, one a call. A call that is interrupted is cancelled at the provider and ends in a
 * {@link CancellationException}. {@link #close} ends every call at once.
 */
public final class OpenAiCompatibleProvider implements ChatProvider, AutoCloseable {

    /* The HTTP client's thread runs every callback itself (a direct executor) and never waits: bodies flow through a
     * BodyFeed, whose reader decides the pace. Redirects are not followed, for they would carry the key elsewhere, and
     * compression is not asked for. */

    /** Most bytes of an answer, unless said otherwise. */
    public static final long LARGEST_ANSWER = 64L << 20;

    private static final long LARGEST_ERROR = 64 << 10;
    /** An error's body is worth waiting for, but not for long: its status says most. */
    private static final long ERROR_BODY_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private static final HttpRequest NUDGE =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:0/")).build();

    private final ProviderSettings settings;
    private final Failures failures;
    private final HttpClient client;
    private final long largestAnswer;

    public OpenAiCompatibleProvider(ProviderSettings settings, InstantSource clock) {
        this(settings, clock, LARGEST_ANSWER);
    }

    /**
     * A provider whose answers are limited.
     *
     * @param clock what dates in {@code Retry-After} are compared with
     * @param largestAnswer most bytes of an answer, framing included
     */
    public OpenAiCompatibleProvider(ProviderSettings settings, InstantSource clock, long largestAnswer) {
        this.settings = settings;
        this.failures = new Failures(settings, clock);
        this.largestAnswer = largestAnswer;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.timeouts().connect())
                .executor(Runnable::run)
                .build();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public List<ModelInfo> models() {
        return settings.models();
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public ProviderReply ask(ProviderRequest request) {
        var limits = new Limits(settings.timeouts());
        var call = client.sendAsync(httpRequest(request), BodyHandlers.ofPublisher());
        var response = await(call, request.stream() ? limits.firstToken() : limits.total());
        boolean answered = response.statusCode() / 100 == 2;
        var feed = new BodyFeed(answered ? largestAnswer : LARGEST_ERROR, this::nudge);
        response.body().subscribe(feed);
        if (!answered) {
            throw failures.refused(response.statusCode(), response.headers(), errorBody(feed));
        }
        return request.stream() ? streamed(response, feed, limits) : whole(feed, limits);
    }

    private HttpRequest httpRequest(ProviderRequest request) {
        var builder = HttpRequest.newBuilder(settings.endpoint())
                .header("Content-Type", "application/json")
                .header("Accept", request.stream() ? "text/event-stream" : "application/json")
                .header("User-Agent", "perpetua");
        if (settings.apiKey() != null) {
            builder.header("Authorization", "Bearer " + settings.apiKey());
        }
        return builder.POST(BodyPublishers.ofString(RequestJson.of(request))).build();
    }

    private ProviderReply streamed(HttpResponse<?> response, BodyFeed feed, Limits limits) {
        String contentType =
                response.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (contentType.contains("json") && !contentType.contains("ndjson")) {
            return new WholeReply(feed, limits, failures, body -> Completions.asStream(body, failures));
        }
        if (contentType.contains("html") || contentType.contains("xml")) {
            feed.close();
            throw failures.malformed(contentType + " where a stream was asked for", null);
        }
        return new StreamedReply(feed, limits, failures);
    }

    private ProviderReply whole(BodyFeed feed, Limits limits) {
        return new WholeReply(feed, limits, failures, body -> Completions.whole(body, failures));
    }

    private <T> T await(CompletableFuture<T> call, Limits.Limit limit) {
        try {
            return call.get(limit.left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw failures.timeout(limit);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while asking " + name());
        } catch (ExecutionException e) {
            throw failure(e);
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

    /** What comes of an error's body in good time; its connection is given up when that is not all. */
    private static String errorBody(BodyFeed feed) {
        var body = new ByteArrayOutputStream();
        long begun = System.nanoTime();
        while (feed.poll(ERROR_BODY_PATIENCE - (System.nanoTime() - begun)) instanceof Piece.Bytes bytes) {
            bytes.buffers().forEach(buffer -> write(buffer, body));
        }
        feed.close();
        return body.toString(StandardCharsets.UTF_8);
    }

    private static void write(ByteBuffer buffer, ByteArrayOutputStream body) {
        while (buffer.hasRemaining()) {
            body.write(buffer.get());
        }
    }

    /**
     * Wakes the HTTP client's selector. A socket that another thread has closed is only half closed until then, which is
     * up to 3 s where nothing else happens, and an upstream that writes and never reads goes on for as long. There is no
     * method for that; a connection that fails at once (nobody can listen on port 0) sets a timer, and that does it.
     */
    private void nudge() {
        client.sendAsync(NUDGE, BodyHandlers.discarding()).cancel(true);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
