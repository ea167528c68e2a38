package io.perpetua.adapters.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;

/** What is followed, with the spans that have ended. */
final class Spans {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    final OpenTelemetryTracing tracing;

    Spans() {
        this(false);
    }

    /** Spans that hold what is said, or do not. */
    Spans(boolean content) {
        var sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        tracing = new OpenTelemetryTracing(sdk, content);
    }

    List<SpanData> ended() {
        return exporter.getFinishedSpanItems();
    }

    /** The one that has this name. */
    SpanData named(String name) {
        return ended().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + ended()));
    }
}
