package io.perpetua.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {

    @Test
    void or_fillsInWhereNothingIsSaid() {
        assertThat(new Rates(1L, null, 3L, null).or(new Rates(10L, 20L, null, null)))
                .isEqualTo(new Rates(1L, 20L, 3L, null));
        assertThat(new Rates(null, 2L, null, 4L).or(new Rates(null, 20L, 30L, 40L)))
                .isEqualTo(new Rates(null, 2L, 30L, 4L));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Rates.MOST + 1, Long.MAX_VALUE})
    void rates_limitThatIsNone_isRefusedByName(long most) {
        assertThatThrownBy(() -> new Rates(most, null, null, null)).hasMessageContaining("requests per minute");
        assertThatThrownBy(() -> new Rates(null, most, null, null)).hasMessageContaining("requests per day");
        assertThatThrownBy(() -> new Rates(null, null, most, null)).hasMessageContaining("tokens per minute");
        assertThatThrownBy(() -> new Rates(null, null, null, most))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokens per day")
                .hasMessageEndingWith("found " + most);
    }
}
