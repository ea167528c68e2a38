package io.perpetua.domain.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A text in its parts: the sentences of its prose, the lines of its lists, quotations and fenced code. */
public final class Sentences {

    private static final Pattern SENTENCE_END =
            Pattern.compile("(?<=[.!?。！？][\"'”’)]?)(?<!\\b(?:Dr|Mr|Mrs|Ms|Prof|vs|e\\.g|i\\.e)\\.)\\s+(?=\\S)");
    private static final Pattern INDENTED = Pattern.compile("^(\\t| {4,})\\S");

    private Sentences() {}

    /** The parts of {@code text} in order, none blank; fences are left out. */
    public static List<Part> of(String text) {
        var parts = new ArrayList<Part>();
        boolean fenced = false;
        for (String line : text.lines().toList()) {
            String stripped = line.strip();
            if (stripped.startsWith("```") || stripped.startsWith("~~~")) {
                fenced = !fenced;
            } else if (fenced || INDENTED.matcher(line).find()) {
                if (!stripped.isEmpty()) {
                    parts.add(new Part(stripped, Kind.CODE));
                }
            } else if (stripped.startsWith(">")) {
                parts.add(new Part(stripped, Kind.QUOTED));
            } else if (!stripped.isEmpty()) {
                for (String sentence : SENTENCE_END.split(stripped, -1)) {
                    parts.add(new Part(sentence, Kind.PROSE));
                }
            }
        }
        return parts;
    }

    /** What a part of a text is. */
    public enum Kind {
        PROSE,
        QUOTED,
        CODE
    }

    /** One sentence or line, stripped. */
    public record Part(String text, Kind kind) {}
}
