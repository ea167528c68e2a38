package io.perpetua.adapters.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.tracing.Tracing;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of what it follows. They wait in a queue that is bounded, on a thread of its own, and are lost where nobody
 * takes them; the work goes on. {@link #close} sends what still waits. Safe for concurrent use.
 */
public final class OpenTelemetryTracing implements Tracing, AutoCloseable {

    /** How long those who close wait for whoever is to take the last spans. */
    private static final long PATIENCE_SECONDS = 5;

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final boolean content;

    /**
     * Follows by {@code sdk}, which it closes.
     *
     * @param content whether spans hold what is said
     */
    OpenTelemetryTracing(OpenTelemetrySdk sdk, boolean content) {
        this.sdk = sdk;
        this.content = content;
        tracer = ((OpenTelemetry) sdk).getTracer("io.perpetua");
        propagator = sdk.getPropagators().getTextMapPropagator();
    }

    /**
     * Starts by what is configured.
     *
     * @param properties settings of OpenTelemetry's by the names that they have as system properties; they win over its
     *     variables
     * @param content whether spans hold what is said
     * @throws IllegalArgumentException when they make no sense
     */
    public static OpenTelemetryTracing start(Map<String, String> properties, boolean content) {
        return new OpenTelemetryTracing(ConfiguredSdk.of(properties), content);
    }

    /** The same provider; each call of it gets a span, which goes along to whoever answers. */
    public ChatProvider following(ChatProvider provider, @Nullable URI address) {
        return new FollowedProvider(provider, address, this);
    }

    /** Writes what became of a turn to the span of its request. */
    public EndedTurn.Listener turns() {
        return turn -> {
            var request = FollowedRequest.current();
            if (request != null) {
                request.tell(turn);
            }
        };
    }

    @Override
    public Followed begin(String method, String route, Function<String, @Nullable String> headers) {
        String known = METHODS.contains(method) ? method : "_OTHER";
        var parent = propagator.extract(Context.root(), headers, Headers.INSTANCE);
        var span = tracer.spanBuilder(known + " " + route)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(Names.HTTP_METHOD, known)
                .setAttribute(Names.HTTP_ROUTE, route)
                .startSpan();
        return new FollowedRequest(span, parent);
    }

    @Override
    public <T> T step(Step step, Supplier<T> work) {
        var builder = tracer.spanBuilder(step.wire());
        switch (step) {
            case SEARCH_MEMORY, CREATE_MEMORY, DELETE_MEMORY -> builder.setAttribute(Names.OPERATION, step.wire());
            case ADMISSION, CONTEXT, STORE -> {}
        }
        var span = builder.startSpan();
        try (var _ = Work.enter(Context.current().with(span))) {
            return work.get();
        } catch (RuntimeException | Error e) {
            Work.broke(span, e);
            throw e;
        } finally {
            span.end();
        }
    }

    @Override
    public @Nullable Place current() {
        var place = Span.current().getSpanContext();
        return place.isSampled() ? new Place(place.getTraceId(), place.getSpanId()) : null;
    }

    Tracer tracer() {
        return tracer;
    }

    /** Whether spans hold what is said. */
    boolean content() {
        return content;
    }

    /** What is to go along with a call that is part of {@code context}. */
    Map<String, String> headers(Context context) {
        var headers = new HashMap<String, String>();
        propagator.inject(context, headers, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        return headers;
    }

    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Looks for one header after the other. */
    private enum Headers implements TextMapGetter<Function<String, @Nullable String>> {
        INSTANCE;

        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
            return headers == null ? null : headers.apply(name);
        }
    }
}
