package io.perpetua.domain.access;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * What may be spent.
 *
 * @param nanodollars most of a period, in billionths of a dollar, at least 1; one token of the cheapest models costs some
 *     twenty of them
 * @param period after which it begins anew
 */
public record Budget(long nanodollars, Period period) {

    /** After what time a budget begins anew, by UTC. */
    public enum Period {
        /** Never. */
        TOTAL,
        DAY,
        MONTH;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** When the period that {@code now} lies in began. */
        public Instant start(Instant now) {
            var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            return switch (this) {
                case TOTAL -> Instant.EPOCH;
                case DAY -> midnight(today);
                case MONTH -> midnight(today.withDayOfMonth(1));
            };
        }

        /** When the next one begins; far away where none does. */
        public Instant end(Instant now) {
            var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            return switch (this) {
                case TOTAL -> Instant.MAX;
                case DAY -> midnight(today.plusDays(1));
                case MONTH -> midnight(today.withDayOfMonth(1).plusMonths(1));
            };
        }

        private static Instant midnight(LocalDate day) {
            return day.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    private static final int NANO = 9;
    private static final BigDecimal ONE = BigDecimal.valueOf(1, NANO);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE, NANO);

    public Budget {
        if (nanodollars < 1) {
            throw new IllegalArgumentException("a budget of nothing");
        }
    }

    /**
     * A budget of {@code dollars}, what is less than a billionth of one left out.
     *
     * @throws IllegalArgumentException when that is not more than nothing, or more than nine billion
     */
    public static Budget of(BigDecimal dollars, Period period) {
        if (dollars.compareTo(ONE) < 0) {
            throw new IllegalArgumentException("expected more than $0, at least a billionth, found " + dollars);
        }
        return new Budget(billionths(dollars, RoundingMode.DOWN), period);
    }

    /**
     * {@code dollars} in billionths, rounded up: nothing is spent that is not counted.
     *
     * @throws IllegalArgumentException when that is less than nothing, no number, or more than nine billion
     */
    public static long nanodollars(double dollars) {
        if (!(dollars >= 0 && dollars <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("expected dollars, 0 or more, found " + dollars);
        }
        return billionths(BigDecimal.valueOf(dollars), RoundingMode.CEILING);
    }

    /** Compared before it is written out, which nobody would live to see of a number with a billion digits. */
    private static long billionths(BigDecimal dollars, RoundingMode rounding) {
        if (dollars.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("too many dollars: " + dollars);
        }
        return dollars.movePointRight(NANO).setScale(0, rounding).longValueExact();
    }

    public BigDecimal dollars() {
        return BigDecimal.valueOf(nanodollars, NANO);
    }

    @Override
    public String toString() {
        return "$" + dollars().stripTrailingZeros().toPlainString() + " "
                + period.name().toLowerCase(Locale.ROOT);
    }
}
