package io.perpetua.bootstrap;

import io.micronaut.context.env.Environment;
import io.perpetua.adapters.tracing.OpenTelemetryTracing;
import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.routing.ChatProvider;
import io.perpetua.application.tracing.Tracing;
import io.perpetua.bootstrap.configuration.Keys;
import io.perpetua.bootstrap.configuration.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whoever follows requests, where that is wanted: by {@code perpetua.tracing}, or by OpenTelemetry's own variables, which
 * may stand in a configuration file as well.
 */
@Singleton
final class Traces {

    private static final String OTEL = "otel";
    private static final String EXPORTER = OTEL + ".traces.exporter";
    private static final String NOBODY = "none";

    private final @Nullable OpenTelemetryTracing tracing;

    Traces(Configuration configuration) {
        var environment = configuration.environment();
        var settings = configuration.settings();
        String exporter = exporter(environment, settings);
        tracing = exporter.equals(NOBODY)
                ? null
                : OpenTelemetryTracing.start(properties(environment, exporter), settings.get(Keys.TRACING_CONTENT));
    }

    Tracing tracing() {
        return tracing == null ? Tracing.NONE : tracing;
    }

    /** The same provider, followed if anybody is. */
    ChatProvider following(ChatProvider provider, @Nullable URI address) {
        return tracing == null ? provider : tracing.following(provider, address);
    }

    EndedTurn.Listener turns() {
        return tracing == null ? turn -> {} : tracing.turns();
    }

    /** Sends what still waits. */
    @PreDestroy
    void close() {
        if (tracing != null) {
            tracing.close();
        }
    }

    private static String exporter(Environment environment, Settings settings) {
        String ours = settings.find(Keys.TRACING_EXPORTER);
        if (ours != null) {
            return ours;
        }
        boolean somewhere = Stream.of("otel.exporter.otlp.endpoint", "otel.exporter.otlp.traces.endpoint")
                .anyMatch(environment::containsProperty);
        return environment.getProperty(EXPORTER, String.class).orElse(somewhere ? "otlp" : NOBODY);
    }

    private static Map<String, String> properties(Environment environment, String exporter) {
        var properties = new HashMap<String, String>();
        environment
                .getProperties(OTEL)
                .forEach((name, value) -> properties.put(OTEL + "." + name, String.valueOf(value)));
        properties.put(EXPORTER, exporter);
        return properties;
    }
}
