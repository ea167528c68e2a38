package io.perpetua.adapters.llm.http;

import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.application.routing.ProviderFailure;
import io.perpetua.application.routing.ProviderReply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any provider that answers chats over HTTP, by its dialect. Safe for concurrent use; meant to be called on virtual
 * threads, one a call. A call that is interrupted is cancelled at the provider and ends in a
 * {@link java.util.concurrent.CancellationException}. Where there are several keys, a call whose key is refused or
 * limited is made again with the next one. {@link #close} ends every call at once, {@link #retire} lets them end.
 */
public final class HttpProvider implements ChatProvider, AutoCloseable {

    /** Most bytes of an answer, unless said otherwise. */
    public static final long LARGEST_ANSWER = 64L << 20;

    private static final long LARGEST_ERROR = 64 << 10;

    private final ProviderSettings settings;
    private final Dialect dialect;
    private final Failures failures;
    private final Completions completions;
    private final KeyRing keys;
    private final HttpCalls calls;
    private final long largestAnswer;

    public HttpProvider(ProviderSettings settings, Dialect dialect, InstantSource clock) {
        this(settings, dialect, clock, LARGEST_ANSWER);
    }

    /**
     * A provider whose answers are limited.
     *
     * @param clock what dates in {@code Retry-After}, and the rests of keys, are measured by
     * @param largestAnswer most bytes of an answer, framing included
     */
    public HttpProvider(ProviderSettings settings, Dialect dialect, InstantSource clock, long largestAnswer) {
        this.settings = settings;
        this.dialect = dialect;
        this.failures = new Failures(settings, dialect, clock);
        this.completions = new Completions(dialect, failures);
        this.keys = new KeyRing(settings.apiKeys(), clock);
        this.calls = new HttpCalls(settings, failures);
        this.largestAnswer = largestAnswer;
    }

    private HttpProvider(HttpProvider same, ProviderSettings settings) {
        this.settings = settings;
        dialect = same.dialect;
        failures = same.failures;
        completions = same.completions;
        keys = same.keys;
        calls = same.calls;
        largestAnswer = same.largestAnswer;
    }

    /**
     * The same provider with other models: both share the connections, and what is known of the keys. To retire or close
     * one is to do it to both.
     */
    public HttpProvider offering(List<ModelInfo> models) {
        return new HttpProvider(
                this,
                new ProviderSettings(
                        settings.name(), settings.baseUrl(), settings.apiKeys(), models, settings.timeouts()));
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
        var limits = new Limits(settings.timeouts(), request.stream(), request.patience());
        String body = body(request);
        var tried = new HashSet<String>();
        String key = keys.next(tried);
        while (true) {
            try {
                var reply = ask(request, body, key, limits);
                if (key != null) {
                    keys.worked(key);
                }
                return reply;
            } catch (ProviderFailure failure) {
                boolean ring = key != null && settings.apiKeys().size() > 1;
                key = another(key, failure, tried);
                if (key == null) {
                    throw ring ? failures.ofAllKeys(failure, keys.limitedFor()) : failure;
                }
            }
        }
    }

    /** Another key worth trying after {@code failure}, null when there is none. */
    private @Nullable String another(@Nullable String key, ProviderFailure failure, Set<String> tried) {
        if (key == null || !keys.failed(key, failure)) {
            return null;
        }
        tried.add(key);
        return keys.next(tried);
    }

    private String body(ProviderRequest request) {
        try {
            return dialect.body(request);
        } catch (UnsupportedRequest e) {
            throw failures.unsupported(e);
        }
    }

    private ProviderReply ask(ProviderRequest request, String body, @Nullable String key, Limits limits) {
        var call = calls.begin();
        try {
            return new HeldReply(ask(call, request, httpRequest(request, body, key), limits), call::close);
        } catch (RuntimeException | Error e) {
            call.close();
            throw e;
        }
    }

    private ProviderReply ask(HttpCalls.Call call, ProviderRequest request, HttpRequest asking, Limits limits) {
        var response = call.send(asking, request.stream() ? limits.firstToken() : limits.total());
        boolean answered = response.statusCode() / 100 == 2;
        var feed = new BodyFeed(answered ? largestAnswer : LARGEST_ERROR, call::nudge);
        response.body().subscribe(feed);
        if (!answered) {
            throw failures.refused(response.statusCode(), response.headers(), feed.error());
        }
        return request.stream() ? streamed(request, response, feed, limits) : whole(request, feed, limits);
    }

    private HttpRequest httpRequest(ProviderRequest request, String body, @Nullable String key) {
        var builder = HttpRequest.newBuilder(settings.endpoint(dialect.path(request)))
                .header("Content-Type", "application/json")
                .header("Accept", request.stream() ? "text/event-stream" : "application/json")
                .header("User-Agent", "perpetua");
        request.headers().forEach(builder::header);
        dialect.headers(key).forEach(builder::header);
        return builder.POST(BodyPublishers.ofString(body)).build();
    }

    private ProviderReply streamed(ProviderRequest request, HttpResponse<?> response, BodyFeed feed, Limits limits) {
        String contentType =
                response.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (contentType.contains("json") && !contentType.contains("ndjson")) {
            return whole(request, feed, limits);
        }
        if (contentType.contains("html") || contentType.contains("xml")) {
            feed.close();
            throw failures.malformed(contentType + " where a stream was asked for", null);
        }
        return new StreamedReply(feed, limits, failures, dialect.reader(request));
    }

    private ProviderReply whole(ProviderRequest request, BodyFeed feed, Limits limits) {
        return new WholeReply(feed, limits, failures, body -> completions.events(request, body));
    }

    /**
     * Frees the connections as soon as no call is under way. Whoever has not noticed may still ask; the connections are
     * then made again, and freed as soon.
     */
    public void retire() {
        calls.retire();
    }

    @Override
    public void close() {
        calls.close();
    }
}
