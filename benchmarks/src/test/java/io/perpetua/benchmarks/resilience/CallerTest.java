package io.perpetua.benchmarks.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that asks a misbehaving provider without a server in between sees what the server is there to prevent. */
class CallerTest {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    @ParameterizedTest
    @CsvSource({
        "OK, true, WHOLE",
        "OK, false, WHOLE",
        "SLOW_DRIP, true, WHOLE",
        "SLOW_DRIP, false, WHOLE",
        "MISSING_DONE, true, SILENTLY_TRUNCATED",
        "ERROR_500, true, REFUSED",
        "ERROR_503, false, REFUSED",
        "RATE_LIMITED, true, REFUSED",
        "RESET_BEFORE, false, SILENTLY_TRUNCATED",
        "STALL_BEFORE, true, HUNG",
        "WRONG_CONTENT_TYPE, false, UNINTELLIGIBLE",
        "EMPTY_STREAM, true, SILENTLY_TRUNCATED",
        "RESET_IN_STREAM, true, SILENTLY_TRUNCATED",
        "STALL_IN_STREAM, true, HUNG",
        "MALFORMED_CHUNK, true, UNINTELLIGIBLE",
        "TRUNCATED, true, SILENTLY_TRUNCATED",
        "TRUNCATED, false, SILENTLY_TRUNCATED"
    })
    void call_unprotected_seesWhatTheProviderDoes(Conduct conduct, boolean stream, Fate fate) throws IOException {
        try (var upstream = new ChaosUpstream("a", Script.always(conduct))) {
            var seen = new Caller(upstream.url(), conduct.name().startsWith("STALL") ? PATIENCE : Duration.ofMinutes(1))
                    .call(7, ChaosUpstream.MODEL, stream);

            assertThat(seen.fate()).isEqualTo(fate);
            assertThat(upstream.calls()).singleElement().satisfies(call -> {
                assertThat(call.prompt()).isEqualTo(7);
                assertThat(call.stream()).isEqualTo(stream);
                assertThat(call.conduct()).isEqualTo(conduct);
            });
        }
    }
}
