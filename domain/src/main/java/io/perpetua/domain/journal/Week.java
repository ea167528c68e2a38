package io.perpetua.domain.journal;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Seven days from Sunday 02:00 UTC, when the quiet of the weekend begins: a week that ends then is rolled up then. Called by
 * the ISO week that most of its days are in, such as {@code 2026-W48}.
 *
 * @param sunday the day on which it begins
 */
public record Week(LocalDate sunday) {

    private static final int HOUR = 2;
    private static final int DAYS = 7;
    private static final Pattern NAME = Pattern.compile("(\\d{4})-W(\\d{2})");

    public Week {
        if (sunday.getDayOfWeek() != DayOfWeek.SUNDAY) {
            throw new IllegalArgumentException("a week begins on a Sunday, not on " + sunday);
        }
    }

    /** The week that {@code at} is in. */
    public static Week of(Instant at) {
        var day = LocalDate.ofInstant(at.minusSeconds(HOUR * 3_600L), ZoneOffset.UTC);
        return new Week(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)));
    }

    /** The week called {@code name}, or null when there is none. */
    public static @Nullable Week named(String name) {
        var match = NAME.matcher(name);
        if (!match.matches()) {
            return null;
        }
        var middle = LocalDate.of(Integer.parseInt(match.group(1)), 1, 4)
                .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1)
                .with(DayOfWeek.MONDAY)
                .plusWeeks(Integer.parseInt(match.group(2)) - 1L);
        var week = new Week(middle.minusDays(1));
        return week.name().equals(name) ? week : null;
    }

    /** Its first instant. */
    public Instant from() {
        return sunday.atTime(HOUR, 0).toInstant(ZoneOffset.UTC);
    }

    /** The first instant of the next. */
    public Instant to() {
        return next().from();
    }

    public Week next() {
        return new Week(sunday.plusDays(DAYS));
    }

    public Week before() {
        return new Week(sunday.minusDays(DAYS));
    }

    public String name() {
        var monday = sunday.plusDays(1);
        return String.format(
                Locale.ROOT,
                "%04d-W%02d",
                monday.get(IsoFields.WEEK_BASED_YEAR),
                monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
