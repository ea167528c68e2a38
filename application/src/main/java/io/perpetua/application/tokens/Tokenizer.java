package io.perpetua.application.tokens;

import io.perpetua.domain.tokens.TokenCounter;

/**
 * How one model's tokens are counted: an encoding's exact count, times a factor where that encoding is only the nearest
 * known to the model's own. Itself a counter, with the factor applied.
 *
 * @param name what a report calls it: {@code o200k_base}, {@code o200k_base*1.10}, {@code words}; two tokenizers of one
 *     name count alike, so a stored count may be kept under it
 * @param counter the encoding's own count, before the factor
 * @param factor the model's tokens for each of {@code counter}'s, above 0; 1 where that count stands as it is
 */
public record Tokenizer(String name, TokenCounter counter, double factor) implements TokenCounter {

    /** Keeps a product such as 10 × 1.1, a hair above 11 in binary, from being rounded up to 12. */
    private static final double ROUNDING_ERROR = 1e-9;

    public Tokenizer {
        if (name.isBlank()) {
            throw new IllegalArgumentException("blank name");
        }
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor out of range: " + factor);
        }
    }

    /** Tokens {@code text} costs the model, rounded up. */
    @Override
    public int count(String text) {
        return (int) Math.ceil(counter.count(text) * factor - ROUNDING_ERROR);
    }
}
