package io.perpetua.domain.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text in its parts: the sentences of its prose, the lines of its lists, quotations and fenced code. */
public final class Sentences {

    private static final Pattern LINE = Pattern.compile("[^\\r\\n]+");
    private static final Pattern SENTENCE_END =
            Pattern.compile("(?<=[.!?。！？][\"'”’)]?)(?<!\\b(?:Dr|Mr|Mrs|Ms|Prof|vs|e\\.g|i\\.e)\\.)\\s+(?=\\S)");
    private static final Pattern INDENTED = Pattern.compile("^(\\t| {4,})\\S");

    private Sentences() {}

    /** The parts of {@code text} in order, none blank; fences are left out. */
    public static List<Part> of(String text) {
        var parts = new ArrayList<Part>();
        boolean fenced = false;
        var lines = LINE.matcher(text);
        while (lines.find()) {
            String line = lines.group();
            String stripped = line.strip();
            int start = lines.start() + line.indexOf(stripped);
            if (stripped.startsWith("```") || stripped.startsWith("~~~")) {
                fenced = !fenced;
            } else if (fenced || INDENTED.matcher(line).find()) {
                if (!stripped.isEmpty()) {
                    parts.add(new Part(stripped, Kind.CODE, start));
                }
            } else if (stripped.startsWith(">")) {
                parts.add(new Part(stripped, Kind.QUOTED, start));
            } else if (!stripped.isEmpty()) {
                addSentences(stripped, start, parts);
            }
        }
        return parts;
    }

    private static void addSentences(String line, int start, List<Part> parts) {
        var ends = SENTENCE_END.matcher(line);
        int from = 0;
        while (ends.find()) {
            parts.add(new Part(line.substring(from, ends.start()), Kind.PROSE, start + from));
            from = ends.end();
        }
        parts.add(new Part(line.substring(from), Kind.PROSE, start + from));
    }

    /** What a part of a text is. */
    public enum Kind {
        PROSE,
        QUOTED,
        CODE
    }

    /**
     * One sentence or line.
     *
     * @param text stripped
     * @param start where in the whole it begins, in chars from 0
     */
    public record Part(String text, Kind kind, int start) {

        /** Where in the whole it ends, exclusive. */
        public int end() {
            return start + text.length();
        }
    }
}
