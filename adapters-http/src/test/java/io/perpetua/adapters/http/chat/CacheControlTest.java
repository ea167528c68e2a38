package io.perpetua.adapters.http.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.perpetua.adapters.http.Call;
import io.perpetua.application.cache.CacheUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                     | READ_AND_KEEP",
                "no-store               | NONE",
                "No-Store               | NONE",
                "no-cache               | KEEP",
                "no-cache, no-store     | NONE",
                "no-store,no-cache      | NONE",
                "max-age=60             | READ_AND_KEEP",
                "max-age=0              | KEEP",
                "private , NO-CACHE     | KEEP",
                "x-no-store, only-if-cached | READ_AND_KEEP",
            })
    void of_directives_sayWhatIsWanted(String header, CacheUse use) {
        assertThat(CacheControl.of(header)).isEqualTo(use);
    }

    @Test
    void read_severalLines_areOne() {
        var request = HttpRequest.GET("/").header("Cache-Control", "max-age=60").header("cache-control", "no-store");

        assertThat(CacheControl.read(Call.of(request))).isEqualTo(CacheUse.NONE);
        assertThat(CacheControl.read(Call.of(HttpRequest.GET("/")))).isEqualTo(CacheUse.READ_AND_KEEP);
    }
}
