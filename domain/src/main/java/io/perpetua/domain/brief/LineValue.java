package io.perpetua.domain.brief;

import java.util.regex.Pattern;

/*
 * value = 3 if it settles something + 0.7 for each number, at most 2 + 0.4 for each name, at most 3
 *       + 1 if it leaves something open + 1 if a user or a named speaker says it - 1 if it merely asks
 */
/** What a line is worth by its form alone. */
final class LineValue {

    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}])\\p{N}[\\p{N}.,:/%-]*");
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{L}\\p{N},;:)\"'] )\\p{Lu}[\\p{L}\\p{N}]+");
    private static final Pattern OPEN = Pattern.compile(
            "\\b(?:todo|next steps?|(?:I|we|you|he|she|they|still) (?:need|needs|have|has) to|still|pending|open question"
                    + "|remind|deadline|due|blocked|waiting|unresolved|decide[sd]?|agreed|plan(?:s|ned|ning)? to|I'll|we'll)\\b",
            Pattern.CASE_INSENSITIVE);

    private LineValue() {}

    static double of(BriefLine line) {
        String text = line.text();
        double value = line.settles() ? 3 : 0;
        value += 0.7 * upTo(2, NUMBER, text);
        value += 0.4 * upTo(3, NAME, text);
        value += OPEN.matcher(text).find() ? 1 : 0;
        value += line.speaker().equals("assistant") ? 0 : 1;
        value -= text.endsWith("?") ? 1 : 0;
        return value;
    }

    private static long upTo(int most, Pattern pattern, String text) {
        return pattern.matcher(text).results().limit(most).count();
    }
}
