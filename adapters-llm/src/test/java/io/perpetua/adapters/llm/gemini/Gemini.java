package io.perpetua.adapters.llm.gemini;

import io.perpetua.adapters.llm.http.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** The dialect, with ids that can be foretold. */
final class Gemini {

    private Gemini() {}

    static Dialect dialect() {
        var ids = new AtomicInteger();
        return new GeminiDialect(
                () -> Integer.toString(ids.incrementAndGet()),
                InstantSource.fixed(Instant.ofEpochSecond(1_770_000_000)));
    }
}
