package io.perpetua.domain.memory;

import java.util.List;

/*
 * What happened on a day is told on that day or soon after, sometimes announced before. So by the days d from the day
 * asked about to the day a turn was said:
 *
 *     a day:             d = 0: 1    1..3: 0.8    -1, 4..10: 0.5    -7..-2, 11..31: 0.25
 *     a week or a month: within: 1   1..10 after its end: 0.5
 *     a year:            within: 0.3
 */
/** How well the time a turn was said at answers to the times a question names, in [0, 1]; 0 when it names none. */
final class DateCue {

    private static final long SECONDS_A_DAY = 86_400;

    private DateCue() {}

    static double[] of(Question question, TurnTable turns) {
        double[] cue = new double[turns.size()];
        if (turns.size() == 0) {
            return cue;
        }
        List<Span> spans = TimeExpressions.in(question, day(turns, 0), day(turns, turns.size() - 1));
        for (Span span : spans) {
            for (int row = 0; row < cue.length; row++) {
                cue[row] = Math.max(cue[row], closeness(span, day(turns, row)));
            }
        }
        return cue;
    }

    private static long day(TurnTable turns, int row) {
        return Math.floorDiv(turns.at()[row], SECONDS_A_DAY);
    }

    private static double closeness(Span span, long day) {
        return switch (span.unit()) {
            case DAY -> toDay(day - span.first());
            case STRETCH -> day < span.first() || day > span.last() + 10 ? 0 : day <= span.last() ? 1 : 0.5;
            case YEAR -> day < span.first() || day > span.last() ? 0 : 0.3;
        };
    }

    private static double toDay(long late) {
        if (late == 0) {
            return 1;
        }
        if (late >= 1 && late <= 3) {
            return 0.8;
        }
        if (late == -1 || (late >= 4 && late <= 10)) {
            return 0.5;
        }
        return late >= -7 && late <= 31 ? 0.25 : 0;
    }

    /** How exactly a time was named. */
    enum Unit {
        DAY,
        STRETCH,
        YEAR
    }

    /** The days that a time expression means, both included, in days since 1970. */
    record Span(long first, long last, Unit unit) {}
}
