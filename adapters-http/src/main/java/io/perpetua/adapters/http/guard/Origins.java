package io.perpetua.adapters.http.guard;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.server.HttpServerConfiguration.CorsConfiguration;
import io.micronaut.http.server.cors.CorsOriginConfiguration;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Opens the server to the pages of the configured origins, and to no other's. */
@Singleton
final class Origins implements BeanCreatedEventListener<CorsConfiguration> {

    private static final List<String> REQUEST_HEADERS = List.of(
            "Authorization", "Cache-Control", "Content-Type", "X-Conversation-Id", "X-Memory", "X-Mode", "X-Priority");

    private static final List<String> RESPONSE_HEADERS = List.of(
            "Retry-After",
            "X-Cache",
            "X-Conversation-Id",
            "X-Mode-Used",
            "X-Provider",
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset");

    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+");

    private final List<String> origins;

    Origins(HttpLimits configured) {
        origins = of(configured);
    }

    /**
     * The configured origins.
     *
     * @throws ConfigurationException when one is not exactly an origin
     */
    static List<String> of(HttpLimits configured) {
        return configured.getCorsOrigins().stream()
                .filter(origin -> !origin.isBlank())
                .map(Origins::exact)
                .toList();
    }

    /** A pattern, or an asterisk, would let in pages that nobody meant. */
    private static String exact(String origin) {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new ConfigurationException("perpetua.http.cors_origins: expected origins such as "
                    + "https://app.example.org, without a path, found " + origin);
        }
        return origin;
    }

    @Override
    public CorsConfiguration onCreated(BeanCreatedEvent<CorsConfiguration> event) {
        var cors = event.getBean();
        if (!origins.isEmpty()) {
            cors.setEnabled(true);
            cors.setConfigurations(Map.of("perpetua", open(origins)));
        }
        return cors;
    }

    private static CorsOriginConfiguration open(List<String> origins) {
        var configuration = new CorsOriginConfiguration();
        configuration.setAllowedOrigins(origins);
        configuration.setAllowedHeaders(REQUEST_HEADERS);
        configuration.setExposedHeaders(RESPONSE_HEADERS);
        configuration.setAllowCredentials(false); // keys come in a header, and there are no cookies
        return configuration;
    }
}
