package io.perpetua.application.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

    @ParameterizedTest
    @CsvSource({"0, 1.1, 0", "1, 1.1, 2", "10, 1.1, 11", "100, 1.1, 110", "7, 1, 7", "3, 0.5, 2"})
    void count_withAFactor_isRoundedUp(int counted, double factor, int expected) {
        assertThat(new Tokenizer("any", text -> counted, factor).count("text")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void construct_factorOutOfRange_isRejected(double factor) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tokenizer("any", String::length, factor));
    }

    @Test
    void construct_blankName_isRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tokenizer(" ", String::length, 1));
    }
}
