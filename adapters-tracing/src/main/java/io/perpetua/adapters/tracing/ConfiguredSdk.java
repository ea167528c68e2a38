package io.perpetua.adapters.tracing;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.HashMap;
import java.util.Map;

/** OpenTelemetry by what is configured. */
final class ConfiguredSdk {

    /** What holds where nothing is said: the context that goes along is of the trace alone, no baggage of the client's. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "perpetua",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.propagators", "tracecontext");

    /** Figures and logs go other ways. */
    private static final Map<String, String> TRACES_ALONE =
            Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none");

    private ConfiguredSdk() {}

    /**
     * The SDK, started.
     *
     * @throws IllegalArgumentException when what is configured makes no sense
     */
    static OpenTelemetrySdk of(Map<String, String> properties) {
        var all = new HashMap<>(properties);
        all.putAll(TRACES_ALONE);
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addPropertiesCustomizer(_ -> all)
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(why(e));
        }
    }

    /** Without the values of headers, which may be keys. */
    private static String why(ConfigurationException e) {
        String said = String.valueOf(e.getMessage());
        if (e.getCause() instanceof IllegalStateException) { // nothing is there that could send by gRPC
            return "traces are sent by http/protobuf, usually to port 4318, and not as OTEL_EXPORTER_OTLP_PROTOCOL says";
        }
        return said.contains("headers")
                ? "OTEL_EXPORTER_OTLP_HEADERS is no list such as name=value,other=value"
                : "OpenTelemetry cannot be started as its variables say: " + said;
    }
}
