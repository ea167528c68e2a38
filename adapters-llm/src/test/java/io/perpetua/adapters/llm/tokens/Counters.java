package io.perpetua.adapters.llm.tokens;

import io.perpetua.domain.tokens.TokenCounter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Both counters, loaded once for all tests. */
final class Counters {

    private static final Map<BpeEncoding, TokenCounter> LOADED = load();

    private Counters() {}

    static TokenCounter of(BpeEncoding encoding) {
        return Objects.requireNonNull(LOADED.get(encoding));
    }

    private static Map<BpeEncoding, TokenCounter> load() {
        Map<BpeEncoding, TokenCounter> counters = new EnumMap<>(BpeEncoding.class);
        try {
            for (BpeEncoding encoding : BpeEncoding.values()) {
                counters.put(encoding, encoding.load());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counters;
    }
}
