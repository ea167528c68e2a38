package io.perpetua.adapters.llm.offline;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What there is to answer with: the question, and the sentences before it. The question is the last user message; where
 * recalled turns stand in front of it, what follows the last line {@code ---}, or else the last paragraph.
 *
 * @param question what was asked last
 * @param sentences everything else that was said, in order; what this provider said itself is not evidence
 */
record Material(String question, List<Sentence> sentences) {

    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---[ \\t]*$");
    private static final Pattern PARAGRAPH = Pattern.compile("\\n[ \\t]*\\n");
    private static final Pattern DAY = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d):?");
    private static final String BRIEF = "## Summary ";
    private static final Pattern RECALLED = Pattern.compile("^\\[(\\d+) ([^\\]\\n]+)\\]\\s*");
    private static final Pattern TOLD = Pattern.compile("^- (?:! )?(\\d+) ([^:\\n]+): ");
    /** Stands where a recalled turn was clipped. */
    private static final Pattern GAP = Pattern.compile("\\s*…\\s*");

    private static final Pattern BULLET = Pattern.compile("^(?:[-*•]|\\d+\\.)\\s+");

    static Material of(List<Message> messages) {
        var gathered = new ArrayList<Sentence>();
        String question = "";
        int last = lastOfUser(messages);
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            String origin = "[" + (message.name() == null ? message.role().wire() : message.name()) + "]";
            if (i == last) {
                int start = questionStart(message.text().strip());
                question = message.text().strip().substring(start);
                gather(message.text().strip().substring(0, start), origin, gathered);
            } else {
                gather(message.text(), origin, gathered);
            }
        }
        return new Material(question.strip(), List.copyOf(gathered));
    }

    private static int lastOfUser(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Role.USER) {
                return i;
            }
        }
        return -1;
    }

    private static int questionStart(String text) {
        int start = lastEnd(SEPARATOR, text);
        return start > 0 ? start : lastEnd(PARAGRAPH, text);
    }

    private static int lastEnd(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .mapToInt(found -> found.end())
                .max()
                .orElse(0);
    }

    private static void gather(String text, String speaker, List<Sentence> into) {
        String origin = speaker;
        String day = "";
        boolean brief = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            var labelled = (brief && !day.isEmpty() ? TOLD : RECALLED).matcher(line);
            var dated = DAY.matcher(line);
            if (labelled.find()) {
                origin = "[turn " + labelled.group(1) + ", " + day + ", " + labelled.group(2) + "]";
                line = line.substring(labelled.end());
            } else if (dated.matches()) {
                day = dated.group(1);
                continue;
            } else if (line.startsWith("#")) {
                origin = speaker;
                brief = line.startsWith(BRIEF);
                continue;
            }
            if (!line.startsWith(OfflineProvider.DISCLAIMER)) {
                String plain = BULLET.matcher(line.strip()).replaceFirst("");
                for (String piece : GAP.splitAsStream(plain).toList()) {
                    split(piece, origin, into);
                }
            }
        }
    }

    private static void split(String line, String origin, List<Sentence> into) {
        var breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(line);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String text = line.substring(start, end).strip();
            var words = Words.of(text);
            if (!words.isEmpty()) {
                into.add(new Sentence(origin, text, words));
            }
        }
    }
}
