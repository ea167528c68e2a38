package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.memory.Sentences;
import java.util.ArrayList;
import java.util.List;

/** The sentences in which a user may state something: prose, not pasted material; each with its place in the message. */
final class Statements {

    /** What a user states about itself is said at the beginning of a message or at its end, not inside a pasted log. */
    private static final int LEADING = 12;

    private static final int TRAILING = 6;
    private static final int LONGEST = 400;

    private Statements() {}

    /**
     * A sentence.
     *
     * @param ordinal which part of the message it is, from 0
     * @param text with straight apostrophes
     * @param start where it begins in the message's text
     * @param end where it ends, exclusive
     */
    record Statement(int ordinal, String text, int start, int end) {}

    /** What {@code message} states; nothing unless a user says it. */
    static List<Statement> in(Message message) {
        var statements = new ArrayList<Statement>();
        if (message.role() != Role.USER) {
            return statements;
        }
        var parts = Sentences.of(message.text());
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            if (part.kind() == Sentences.Kind.PROSE && part.text().length() <= LONGEST) {
                statements.add(new Statement(i, part.text().replace('’', '\''), part.start(), part.end()));
            }
        }
        if (statements.size() > LEADING + TRAILING) {
            statements.subList(LEADING, statements.size() - TRAILING).clear();
        }
        return statements;
    }

    /** The sentences of {@code message} at {@code ordinals}, in order, with an ellipsis between those that are apart. */
    static String quoted(Message message, List<Integer> ordinals) {
        var parts = Sentences.of(message.text());
        var quoted = new StringBuilder();
        int next = -1;
        for (int ordinal : ordinals.stream().distinct().sorted().toList()) {
            if (ordinal < parts.size()) {
                quoted.append(quoted.isEmpty() ? "" : ordinal == next ? " " : " … ")
                        .append(parts.get(ordinal).text());
                next = ordinal + 1;
            }
        }
        return quoted.toString();
    }
}
