package io.perpetua.adapters.metrics;

import io.perpetua.application.tracing.Tracing;
import io.perpetua.application.tracing.Tracing.Place;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Names the trace that a figure is from, where somebody looks at it. */
final class Exemplars implements SpanContext {

    private final Tracing tracing;

    Exemplars(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public @Nullable String getCurrentTraceId() {
        return of(Place::trace);
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        return of(Place::span);
    }

    @Override
    public boolean isCurrentSpanSampled() {
        return tracing.current() != null;
    }

    @Override
    public void markCurrentSpanAsExemplar() {}

    private @Nullable String of(Function<Place, String> part) {
        var place = tracing.current();
        return place == null ? null : part.apply(place);
    }
}
