package io.perpetua.adapters.http.guard;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.HttpServerConfiguration.CorsConfiguration;
import io.micronaut.http.server.cors.CorsOriginConfiguration;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

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

    private final List<String> origins;

    Origins(HttpLimits configured) {
        origins = configured.getCorsOrigins().stream()
                .filter(each -> !each.isBlank())
                .toList();
    }

    @Override
    public CorsConfiguration onCreated(BeanCreatedEvent<CorsConfiguration> event) {
        var cors = event.getBean();
        if (!origins.isEmpty()) {
            cors.setEnabled(true);
            cors.setConfigurations(Map.of("perpetua", of(origins)));
        }
        return cors;
    }

    private static CorsOriginConfiguration of(List<String> origins) {
        var configuration = new CorsOriginConfiguration();
        configuration.setAllowedOrigins(origins);
        configuration.setAllowedHeaders(REQUEST_HEADERS);
        configuration.setExposedHeaders(RESPONSE_HEADERS);
        configuration.setAllowCredentials(false); // keys come in a header, and there are no cookies
        return configuration;
    }
}
