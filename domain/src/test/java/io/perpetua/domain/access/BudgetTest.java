package io.perpetua.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.domain.access.Budget.Period;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

    @ParameterizedTest
    @CsvSource({
        "2026-02-28T23:59:59.999999999Z, 2026-02-28T00:00:00Z, 2026-03-01T00:00:00Z",
        "2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
        "1969-12-31T12:00:00Z, 1969-12-31T00:00:00Z, 1970-01-01T00:00:00Z",
    })
    void day_isOfUtc(Instant now, Instant start, Instant end) {
        assertThat(Period.DAY.start(now)).isEqualTo(start);
        assertThat(Period.DAY.end(now)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T23:59:59.999999999Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "2024-02-29T12:00:00Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "2026-02-01T00:00:00Z, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    })
    void month_isOfUtc(Instant now, Instant start, Instant end) {
        assertThat(Period.MONTH.start(now)).isEqualTo(start);
        assertThat(Period.MONTH.end(now)).isEqualTo(end);
    }

    @Test
    void total_neverBeginsAnew() {
        var now = Instant.parse("2026-06-15T12:00:00Z");

        assertThat(Period.TOTAL.start(now)).isEqualTo(Period.TOTAL.start(Instant.parse("2036-01-01T00:00:00Z")));
        assertThat(Period.TOTAL.end(now)).isEqualTo(Instant.MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5000000000",
        "0.000000001, 1",
        "0.0000000019, 1",
        "9223372036.854775807, 9223372036854775807",
    })
    void of_dollars_isInBillionths(BigDecimal dollars, long nanodollars) {
        assertThat(Budget.of(dollars, Period.DAY)).isEqualTo(new Budget(nanodollars, Period.DAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9E-10",
                "1E-999999999",
                "-1E+999999999",
                "9223372036.854775808",
                "1E+30",
                "1E+999999999"
            })
    void of_tooLittleOrTooMuch_isRefusedAtOnce(String dollars) {
        assertThatThrownBy(() -> Budget.of(new BigDecimal(dollars), Period.TOTAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(dollars);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1.5, 1500000000",
        "0.000000001, 1",
        "0.00000000101, 2",
        "4.9E-324, 1",
        "9.0E9, 9000000000000000000",
    })
    void nanodollars_roundsUp(double dollars, long nanodollars) {
        assertThat(Budget.nanodollars(dollars)).isEqualTo(nanodollars);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                -0.01,
                -1000.0,
                9.3E9,
                Double.MAX_VALUE
            })
    void nanodollars_noAmount_isRefusedWithWhatWasFound(double dollars) {
        assertThatThrownBy(() -> Budget.nanodollars(dollars))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dollars")
                .hasMessageEndingWith(Double.toString(dollars).replace("E", "E+"));
    }

    @Test
    void budget_ofNothing_isRefused() {
        assertThatThrownBy(() -> new Budget(0, Period.DAY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Budget(-1, Period.DAY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_isInDollars() {
        assertThat(Budget.of(new BigDecimal("1000.50"), Period.MONTH)).hasToString("$1000.5 month");
        assertThat(new Budget(1, Period.TOTAL)).hasToString("$0.000000001 total");
    }
}
