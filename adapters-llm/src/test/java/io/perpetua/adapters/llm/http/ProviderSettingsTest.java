package io.perpetua.adapters.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {

    private static ProviderSettings settings(String url, @Nullable String key) {
        return new ProviderSettings(
                "test", URI.create(url), key == null ? List.of() : List.of(key), List.of(), Timeouts.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.org/v1, https://api.example.org/v1/chat/completions",
        "https://api.example.org/v1/, https://api.example.org/v1/chat/completions",
        "http://127.0.0.1:11434, http://127.0.0.1:11434/chat/completions",
        "https://a.example.org/d?api-version=1, https://a.example.org/d/chat/completions?api-version=1",
    })
    void endpoint_anyBase_endsInTheCallsPath(String base, String endpoint) {
        assertThat(settings(base, null).endpoint("/chat/completions")).isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example.org, https://a.example.org/v1/m:ask?alt=sse",
        "https://a.example.org/v1/, https://a.example.org/v1/m:ask?alt=sse",
        "https://a.example.org/p?x=1, https://a.example.org/p/v1/m:ask?x=1&alt=sse",
    })
    void endpoint_versionedPath_hasItsVersionOnce(String base, String endpoint) {
        assertThat(settings(base, null).endpoint("/v1/m:ask?alt=sse")).isEqualTo(URI.create(endpoint));
    }

    @Test
    void toString_withAKey_leavesItOut() {
        assertThat(settings("https://api.example.org/v1?key=sk-2", "sk-1"))
                .hasToString("ProviderSettings[test at https://api.example.org/v1, 1 key]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-1\n", "sk 1", "sk-é"})
    void keyThatNoHeaderCanCarry_isRefusedUnquoted(String key) {
        assertThatThrownBy(() -> settings("https://api.example.org", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("sk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org", "/v1", "https://user:secret@example.org/v1"})
    void baseThatIsNoPlainHttpAddress_isRefusedUnquoted(String base) {
        assertThatThrownBy(() -> settings(base, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void timeouts_default_areAsDocumented() {
        assertThat(Timeouts.DEFAULT)
                .isEqualTo(new Timeouts(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(600)));
        assertThatThrownBy(
                        () -> new Timeouts(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)))
                .hasMessageContaining("connect");
    }
}
