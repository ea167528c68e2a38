package io.perpetua.adapters.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.perpetua.application.tracing.Tracing.Place;
import io.perpetua.application.tracing.Tracing.Step;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class OpenTelemetryTracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final Spans spans = new Spans();

    @Test
    void begin_partOfATrace_continuesIt() {
        spans.tracing
                .begin("POST", "/v1/chat/completions", name -> name.equals("traceparent") ? PARENT : null)
                .ended(200);

        var span = spans.named("POST /v1/chat/completions");
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().asMap())
                .containsEntry(Names.HTTP_METHOD, "POST")
                .containsEntry(Names.HTTP_ROUTE, "/v1/chat/completions")
                .containsEntry(Names.HTTP_STATUS, 200L);
    }

    @Test
    void begin_nonsense_beginsATraceOfItsOwn() {
        for (String header : new String[] {"", "nonsense", "00-" + TRACE, "00-" + "0".repeat(32) + "-1234-01"}) {
            spans.tracing.begin("XXX", "/v1", _ -> header).ended(404);
        }

        assertThat(spans.ended()).hasSize(4).allSatisfy(span -> {
            assertThat(span.getName()).isEqualTo("_OTHER /v1");
            assertThat(span.getParentSpanContext().isValid()).isFalse();
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        });
    }

    @Test
    void ended_fault_isAnError() {
        spans.tracing.begin("GET", "/v1", _ -> null).ended(503);

        assertThat(spans.named("GET /v1").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(spans.named("GET /v1").getAttributes().get(Names.ERROR_TYPE)).isEqualTo("503");
    }

    @Test
    void step_isPartOfWhatItsThreadWorksFor_andNamedInTheLog() {
        var followed = spans.tracing.begin("GET", "/v1", _ -> null);
        var inside = new AtomicReference<@Nullable String>();
        try (var _ = followed.enter()) {
            spans.tracing.step(
                    Step.CONTEXT,
                    () -> spans.tracing.step(Step.SEARCH_MEMORY, () -> {
                        inside.set(MDC.get("span_id"));
                        return "";
                    }));
            assertThat(MDC.get("trace_id")).isEqualTo(place().trace());
            assertThat(MDC.get("span_id")).isEqualTo(place().span());
        }
        followed.ended(200);

        var request = spans.named("GET /v1");
        var context = spans.named("context");
        var search = spans.named("search_memory");
        assertThat(context.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(search.getParentSpanId()).isEqualTo(context.getSpanId());
        assertThat(search.getAttributes().get(Names.OPERATION)).isEqualTo("search_memory");
        assertThat(inside.get()).isEqualTo(search.getSpanId());
        assertThat(MDC.get("trace_id")).isNull();
        assertThat(spans.tracing.current()).isNull();
    }

    @Test
    void step_thatFails_tellsTheKindAlone() {
        assertThatThrownBy(() -> spans.tracing.step(Step.STORE, () -> {
                    throw new IllegalStateException("what was said");
                }))
                .isInstanceOf(IllegalStateException.class);

        var span = spans.named("store");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getAttributes().get(Names.ERROR_TYPE)).isEqualTo("java.lang.IllegalStateException");
        assertThat(span.toString()).doesNotContain("what was said");
    }

    @Test
    void step_thatIsCancelled_isNoError() {
        assertThatThrownBy(() -> spans.tracing.step(Step.ADMISSION, () -> {
                    throw new CancellationException();
                }))
                .isInstanceOf(CancellationException.class);

        assertThat(spans.named("admission").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(spans.named("admission").getAttributes().get(Names.OUTCOME)).isEqualTo("cancelled");
    }

    @Test
    void start_nonsense_isRefusedWithoutAnythingThatIsSecret() {
        assertThatThrownBy(() -> start(Map.of("otel.exporter.otlp.protocol", "grpc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http/protobuf");
        assertThatThrownBy(() -> start(Map.of("otel.traces.sampler", "sometimes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sometimes");
        assertThatThrownBy(() -> start(Map.of("otel.exporter.otlp.headers", "zzqsecret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OTEL_EXPORTER_OTLP_HEADERS")
                .hasMessageNotContaining("zzqsecret")
                .hasNoCause();
    }

    private static void start(Map<String, String> properties) {
        OpenTelemetryTracing.start(properties, false).close();
    }

    private Place place() {
        var place = spans.tracing.current();
        if (place == null) {
            throw new AssertionError("nowhere");
        }
        return place;
    }
}
