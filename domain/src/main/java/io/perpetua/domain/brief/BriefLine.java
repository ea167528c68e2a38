package io.perpetua.domain.brief;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of an extractive brief.
 *
 * @param day when it was said, as {@code 2024-03-04}; empty when that is not known
 * @param turn which turn said it; 0 for a line that somebody else wrote
 * @param place which sentence of its turn, or which line of its brief
 * @param speaker who said it; empty for a line that somebody else wrote
 * @param text what was said, one line
 * @param settles whether it holds something that is meant to last: a decision, a goal, an instruction
 */
record BriefLine(String day, int turn, int place, String speaker, String text, boolean settles) {

    /** Marks lines that settle something, so that they are known when the brief is read again. */
    private static final String LASTING = "! ";

    private static final Pattern DAY = Pattern.compile("^(\\d{4}-\\d{2}-\\d{2}):$");
    private static final Pattern LINE = Pattern.compile("^- (! )?(\\d{1,9}) ([^:]{1,60}): (.+)$");

    static String day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** The lines under their days, in the order they are given. */
    static String render(List<BriefLine> lines) {
        var text = new StringBuilder();
        String day = "";
        for (BriefLine line : lines) {
            if (!line.day.isEmpty() && !line.day.equals(day)) {
                day = line.day;
                text.append(day).append(":\n");
            }
            text.append(line.rendered()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private String rendered() {
        return turn == 0 ? text : "- " + (settles ? LASTING : "") + turn + " " + speaker + ": " + text;
    }

    /** Reads a brief again; lines that this does not know are kept as they are, before the others. */
    static List<BriefLine> parse(String brief) {
        var lines = new ArrayList<BriefLine>();
        String day = "";
        for (String line : brief.lines().map(String::strip).toList()) {
            Matcher heading = DAY.matcher(line);
            Matcher said = LINE.matcher(line);
            if (heading.matches()) {
                day = heading.group(1);
            } else if (said.matches()) {
                int turn = Integer.parseInt(said.group(2));
                lines.add(new BriefLine(day, turn, lines.size(), said.group(3), said.group(4), said.group(1) != null));
            } else if (!line.isEmpty()) {
                lines.add(new BriefLine("", 0, lines.size(), "", line, false));
            }
        }
        return lines;
    }
}
