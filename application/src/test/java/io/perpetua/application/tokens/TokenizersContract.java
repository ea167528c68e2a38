package io.perpetua.application.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Tokenizers} owes its callers. */
public abstract class TokenizersContract {

    protected abstract Tokenizers tokenizers();

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4", "anthropic/claude-sonnet-4", "nobody/has-heard-of-it", "a/b/", "/", ""})
    void forModel_anyName_countsFromNothingUpwards(String model) {
        Tokenizer tokenizer = tokenizers().forModel(model);

        assertThat(tokenizer.count("")).isZero();
        assertThat(tokenizer.count("one")).isPositive();
        assertThat(tokenizer.count("one two three four five six")).isGreaterThan(tokenizer.count("one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4", "anthropic/claude-sonnet-4", "nobody/has-heard-of-it"})
    void forModel_askedTwice_namesTheSameTokenizer(String model) {
        assertThat(tokenizers().forModel(model).name())
                .isEqualTo(tokenizers().forModel(model).name());
    }
}
