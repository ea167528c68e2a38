package io.perpetua.domain.memory;

import io.perpetua.domain.memory.DateCue.Span;
import io.perpetua.domain.memory.DateCue.Unit;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the times that an English question names: dates (7 May 2023, May 7th, 2023-05-07, May 2023, 2023), where a
 * missing year is every year of the conversation, and times relative to when it is asked (yesterday, last week, two
 * months ago, last Friday). Future times are left alone: nothing was said then.
 */
final class TimeExpressions {

    private static final String MONTH =
            "(January|February|March|April|May|June|July|August|September|October|November|December)";
    private static final String CARDINAL =
            "(\\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|a couple of)";
    private static final List<String> NUMBERS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private static final Pattern ISO = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
    private static final Pattern DAY_MONTH =
            caseless("\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTH + "\\b(?:,? (\\d{4})\\b)?");
    private static final Pattern MONTH_DAY =
            caseless("\\b" + MONTH + " (\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d)(?:,? (\\d{4})\\b)?");
    /** "may" and "march" are words of their own, so that months alone are looked for as they are written: capitalised. */
    private static final Pattern MONTH_ALONE = Pattern.compile("\\b" + MONTH + "\\b(?:,? (?:of )?(\\d{4})\\b)?");

    private static final Pattern YEAR = Pattern.compile("\\b((?:19|20)\\d{2})\\b");
    private static final Pattern AGO = caseless("\\b" + CARDINAL + " (day|week|month|year)s? ago\\b");
    private static final Pattern NAMED_DAY =
            caseless("\\b(the day before yesterday|yesterday|last night|earlier today|this morning)\\b");
    private static final Pattern LAST = caseless("\\b(?:last|past|previous) (week|weekend|month|year)\\b");
    private static final Pattern LAST_WEEKDAY =
            caseless("\\blast (Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\\b");

    private TimeExpressions() {}

    /**
     * The times that {@code question} names.
     *
     * @param firstDay of the conversation, in days since 1970
     * @param lastDay of the conversation
     */
    static List<Span> in(Question question, long firstDay, long lastDay) {
        var found = new ArrayList<Span>();
        int from = LocalDate.ofEpochDay(Math.min(firstDay, lastDay)).getYear();
        int to = LocalDate.ofEpochDay(Math.max(firstDay, lastDay)).getYear();
        String text = absolute(question.cues(), from, to, found);
        relative(text, LocalDate.ofInstant(question.at(), ZoneOffset.UTC), found);
        return found;
    }

    /** Collects dates, the exact ones first, and returns the text without them. */
    private static String absolute(String question, int from, int to, List<Span> found) {
        String text =
                take(question, ISO, m -> days(m.group(1), Integer.parseInt(m.group(2)), m.group(3), from, to, found));
        text = take(text, DAY_MONTH, m -> days(m.group(3), month(m.group(2)), m.group(1), from, to, found));
        text = take(text, MONTH_DAY, m -> days(m.group(3), month(m.group(1)), m.group(2), from, to, found));
        text = take(text, MONTH_ALONE, m -> months(m.group(2), month(m.group(1)), from, to, found));
        return take(text, YEAR, m -> found.add(year(Integer.parseInt(m.group(1)))));
    }

    private static void relative(String text, LocalDate today, List<Span> found) {
        AGO.matcher(text).results().forEach(m -> found.add(ago(cardinal(m.group(1)), m.group(2), today)));
        NAMED_DAY.matcher(text).results().forEach(m -> found.add(day(today.minusDays(daysBack(m.group(1))))));
        LAST.matcher(text).results().forEach(m -> found.add(last(m.group(1), today)));
        LAST_WEEKDAY.matcher(text).results().forEach(m -> {
            var weekday = DayOfWeek.valueOf(m.group(1).toUpperCase(Locale.ROOT));
            found.add(day(today.with(TemporalAdjusters.previous(weekday))));
        });
    }

    private static Span ago(int count, String unit, LocalDate today) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "day" -> day(today.minusDays(count));
            case "week" ->
                stretch(
                        today.minusWeeks(count).minusDays(3),
                        today.minusWeeks(count).plusDays(3));
            case "month" -> month(YearMonth.from(today.minusMonths(count)));
            default -> year(today.minusYears(count).getYear());
        };
    }

    private static Span last(String unit, LocalDate today) {
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "week" -> stretch(monday.minusWeeks(1), monday.minusDays(1));
            case "weekend" -> stretch(monday.minusDays(2), monday.minusDays(1));
            case "month" -> month(YearMonth.from(today.minusMonths(1)));
            default -> year(today.getYear() - 1);
        };
    }

    private static int daysBack(String named) {
        return switch (named.toLowerCase(Locale.ROOT)) {
            case "the day before yesterday" -> 2;
            case "yesterday", "last night" -> 1;
            default -> 0;
        };
    }

    private static void days(@Nullable String year, int month, String day, int from, int to, List<Span> found) {
        int first = year == null ? from : Integer.parseInt(year);
        for (int y = first; y <= (year == null ? to : first); y++) {
            try {
                found.add(day(LocalDate.of(y, month, Integer.parseInt(day))));
            } catch (DateTimeException notInTheCalendar) {
                // such as February 29th in a year that has none: this year is not meant
            }
        }
    }

    private static void months(@Nullable String year, int month, int from, int to, List<Span> found) {
        int first = year == null ? from : Integer.parseInt(year);
        for (int y = first; y <= (year == null ? to : first); y++) {
            found.add(month(YearMonth.of(y, month)));
        }
    }

    private static int month(String name) {
        return Month.valueOf(name.toUpperCase(Locale.ROOT)).getValue();
    }

    private static int cardinal(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (Character.isDigit(lower.charAt(0))) {
            return Integer.parseInt(lower);
        }
        return lower.equals("a couple of") ? 2 : Math.max(1, NUMBERS.indexOf(lower));
    }

    private static Span day(LocalDate day) {
        return new Span(day.toEpochDay(), day.toEpochDay(), Unit.DAY);
    }

    private static Span month(YearMonth month) {
        return stretch(month.atDay(1), month.atEndOfMonth());
    }

    private static Span stretch(LocalDate first, LocalDate last) {
        return new Span(first.toEpochDay(), last.toEpochDay(), Unit.STRETCH);
    }

    private static Span year(int year) {
        LocalDate first = LocalDate.of(year, 1, 1);
        return new Span(first.toEpochDay(), first.plus(1, ChronoUnit.YEARS).toEpochDay() - 1, Unit.YEAR);
    }

    private static String take(String text, Pattern pattern, Consumer<MatchResult> use) {
        return pattern.matcher(text).replaceAll(match -> {
            use.accept(match);
            return " ";
        });
    }

    private static Pattern caseless(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
