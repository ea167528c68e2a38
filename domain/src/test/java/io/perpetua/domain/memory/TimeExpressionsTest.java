package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.memory.DateCue.Span;
import io.perpetua.domain.memory.DateCue.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeExpressionsTest {

    @Test
    void in_combiningMarksWithoutEnd_takesNoLongerThanItsLength() {
        String hostile = "e" + "\u0301".repeat(1_000_000);
        assertThat(in(hostile + " in May 2023")).isEqualTo(in("e in May 2023"));
        assertThat(in("how did ".repeat(100_000))).isEmpty();
    }

    /** A Wednesday. */
    private static final Instant NOW = Instant.parse("2024-05-15T10:00:00Z");

    private static final long FIRST = LocalDate.parse("2023-11-01").toEpochDay();
    private static final long LAST = LocalDate.parse("2024-05-14").toEpochDay();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What happened on 7 May 2023?               | 2023-05-07 | 2023-05-07 | DAY",
                "What happened on May 7th, 2023?            | 2023-05-07 | 2023-05-07 | DAY",
                "What happened on the 7th of may 2023?      | 2023-05-07 | 2023-05-07 | DAY",
                "the notes of 2023-05-07                    | 2023-05-07 | 2023-05-07 | DAY",
                "Who came in February 2024?                 | 2024-02-01 | 2024-02-29 | STRETCH",
                "Who came in 2023?                          | 2023-01-01 | 2023-12-31 | YEAR",
                "What did we decide yesterday?              | 2024-05-14 | 2024-05-14 | DAY",
                "What did we decide the day before yesterday? | 2024-05-13 | 2024-05-13 | DAY",
                "What did she say last night?               | 2024-05-14 | 2024-05-14 | DAY",
                "What was planned 3 days ago?               | 2024-05-12 | 2024-05-12 | DAY",
                "What was planned two weeks ago?            | 2024-04-28 | 2024-05-04 | STRETCH",
                "What was planned a couple of months ago?   | 2024-03-01 | 2024-03-31 | STRETCH",
                "What was planned last week?                | 2024-05-06 | 2024-05-12 | STRETCH",
                "What was planned last weekend?             | 2024-05-11 | 2024-05-12 | STRETCH",
                "What was planned last month?               | 2024-04-01 | 2024-04-30 | STRETCH",
                "What was planned last year?                | 2023-01-01 | 2023-12-31 | YEAR",
                "What was planned last Friday?              | 2024-05-10 | 2024-05-10 | DAY",
            })
    void in_oneTime_isThoseDays(String question, String first, String last, Unit unit) {
        assertThat(in(question))
                .containsExactly(new Span(
                        LocalDate.parse(first).toEpochDay(),
                        LocalDate.parse(last).toEpochDay(),
                        unit));
    }

    @Test
    void in_missingYear_isEachYearOfTheConversation() {
        assertThat(in("What happened on March 4?"))
                .extracting(Span::first)
                .containsExactly(
                        LocalDate.parse("2023-03-04").toEpochDay(),
                        LocalDate.parse("2024-03-04").toEpochDay());
    }

    @Test
    void in_dayThatAYearLacks_isThatOfTheOthers() {
        assertThat(in("What happened on February 29?"))
                .containsExactly(new Span(
                        LocalDate.parse("2024-02-29").toEpochDay(),
                        LocalDate.parse("2024-02-29").toEpochDay(),
                        Unit.DAY));
    }

    @Test
    void in_severalTimes_findsEach() {
        assertThat(in("What changed between 3 January 2024 and yesterday?")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You may march on",
                "What is on my list?",
                "What will we do next week?",
                "Room 1999b",
                "Is there a 31/31 chance?",
                "31 February 2024",
                "port 8080"
            })
    void in_noTime_findsNothing(String question) {
        assertThat(in(question)).isEmpty();
    }

    private static List<Span> in(String question) {
        return TimeExpressions.in(new Question(question, NOW), FIRST, LAST);
    }
}
