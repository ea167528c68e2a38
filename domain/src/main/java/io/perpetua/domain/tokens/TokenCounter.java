package io.perpetua.domain.tokens;

/** Counts the tokens of a text. Implementations are pure functions, safe for concurrent use. */
@FunctionalInterface
public interface TokenCounter {

    /** Tokens in {@code text}, at least 0; special-token literals in it are text like any other. */
    int count(String text);
}
