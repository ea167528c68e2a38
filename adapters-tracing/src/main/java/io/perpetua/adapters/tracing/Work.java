package io.perpetua.adapters.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.perpetua.application.tracing.Tracing.Scope;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What the calling thread works for: known to OpenTelemetry, and named in each line of its log. */
final class Work {

    /** What logs call the trace and the span. */
    static final String TRACE = "trace_id";

    static final String SPAN = "span_id";

    /** How something ended that nobody waited for any longer. */
    static final String CANCELLED = "cancelled";

    private Work() {}

    /** The calling thread works for {@code context} until it closes what it gets. */
    @SuppressWarnings("MustBeClosedChecker") // what is given closes it
    static Scope enter(Context context) {
        var entered = context.makeCurrent();
        String trace = MDC.get(TRACE);
        String span = MDC.get(SPAN);
        var place = Span.fromContext(context).getSpanContext();
        name(TRACE, place.isValid() ? place.getTraceId() : null);
        name(SPAN, place.isValid() ? place.getSpanId() : null);
        return () -> {
            name(TRACE, trace);
            name(SPAN, span);
            entered.close();
        };
    }

    /** {@code span} ends by {@code e}, of which no more is told than its kind: a message may quote what was said. */
    static void broke(Span span, Throwable e) {
        if (e instanceof CancellationException) {
            span.setAttribute(Names.OUTCOME, CANCELLED);
        } else {
            span.setAttribute(Names.ERROR_TYPE, e.getClass().getName()).setStatus(StatusCode.ERROR);
        }
    }

    private static void name(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
