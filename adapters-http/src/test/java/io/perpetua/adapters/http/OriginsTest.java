package io.perpetua.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages in browsers that call the server. */
@Timeout(60)
class OriginsTest {

    private static final String ORIGIN = "https://app.example.org";
    private static final String PREFLIGHT = String.join(
            "\r\n",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: authorization,x-mode,content-type",
            "");

    @Test
    void page_byDefault_isRefusedWhateverItsOrigin() throws IOException {
        try (var world = new World()) {
            String head = ask(world, "GET", "/v1/models", ORIGIN, "");
            assertThat(head).startsWith("HTTP/1.1 403").doesNotContain("access-control-allow-origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Forwarded: for=\"", "Forwarded: host=app.example.org", "X-Forwarded-Host: app.example.org"})
    void page_withForwardingHeaders_isRefusedAllTheSame(String header) throws IOException {
        try (var world = new World()) {
            assertThat(ask(world, "GET", "/v1/models", ORIGIN, header + "\r\n")).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void refusal_hasTheOneErrorShape() throws IOException {
        try (var world = new World();
                var client = new RawClient(world.server.getPort())) {
            client.send("GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: " + ORIGIN + "\r\n\r\n");
            assertThat(client.body(client.head())).contains("\"code\":\"origin_not_allowed\"");
        }
    }

    @Test
    void page_ofAConfiguredOrigin_isServedAndSeesTheHeaders() throws IOException {
        try (var world = open()) {
            assertThat(ask(world, "GET", "/v1/models", ORIGIN, ""))
                    .startsWith("HTTP/1.1 200")
                    .contains("\naccess-control-allow-origin: " + ORIGIN + "\n")
                    .contains("x-conversation-id")
                    .contains("x-ratelimit-remaining")
                    .doesNotContain("access-control-allow-credentials");
        }
    }

    @Test
    void preflight_ofAConfiguredOrigin_allowsTheHeadersOfTheApi() throws IOException {
        try (var world = open()) {
            assertThat(ask(world, "OPTIONS", "/v1/chat/completions", ORIGIN, PREFLIGHT))
                    .startsWith("HTTP/1.1 200")
                    .contains("\naccess-control-allow-origin: " + ORIGIN + "\n")
                    .contains("access-control-allow-methods: post");
        }
    }

    @Test
    void page_ofAnotherOrigin_isRefused() throws IOException {
        try (var world = open()) {
            for (String other :
                    List.of("https://evil.example.org", ORIGIN + ".evil.org", "http://app.example.org", "null")) {
                assertThat(ask(world, "GET", "/v1/models", other, "")).startsWith("HTTP/1.1 403");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "app.example.org", "https://app.example.org/path", "https://*.example.org"})
    void origins_notExact_areRefusedAtTheStart(String origin) {
        assertThatThrownBy(() -> new World(Map.of("perpetua.http.cors-origins", List.of(origin))))
                .rootCause()
                .hasMessageContaining("perpetua.http.cors_origins")
                .hasMessageContaining(origin);
    }

    private static World open() {
        return new World(Map.of("perpetua.http.cors-origins", List.of(ORIGIN)));
    }

    private static String ask(World world, String method, String path, String origin, String headers)
            throws IOException {
        try (var client = new RawClient(world.server.getPort())) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: " + origin + "\r\n" + headers
                    + "\r\n");
            return client.head();
        }
    }
}
