package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * An anchor is sent with every request from then on, so a wrong one costs more than a missing one: recall may still find
 * what is missed here. Only the user's own prose is read, sentence by sentence, and only what is said outright: the
 * rules want the form of a standing instruction, not a word such as "always". Left out are quotations, fenced and
 * indented code, whatever stands between quotation marks, questions, and the middle of long messages, which is material
 * that was pasted to work on. What is kept is the clause, without the request that follows it.
 */
/**
 * Finds, when a user's turn is written, what holds from then on: standing instructions, preferences, goals, decisions,
 * who the user is, and corrections. English; no model call; pure. Linear in the message.
 */
public final class AnchorDetector {

    private static final int MOST_PER_MESSAGE = 3;
    private static final int LEADING = 8;
    private static final int TRAILING = 4;
    private static final int LONGEST = 280;

    private static final Pattern REQUEST = Pattern.compile(
            "[,;]?\\s+(?:so |and |but |then )?(?:(?:can|could|would|will) you\\b|how (?:can|do|should|would|could) I\\b"
                    + "|what (?:would|should|do|can)\\b|but I'm (?:not sure|unsure|worried)\\b|considering\\b).*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|“[^”]*”|`[^`]*`|«[^»]*»");
    private static final Pattern LEAD_IN = Pattern.compile(
            "^(?:(?:oh|ok|okay|also|and|so|hey|hi|hello|by the way|btw|one more thing)\\b[,:;]?\\s*)+",
            Pattern.CASE_INSENSITIVE);

    private AnchorDetector() {}

    /** What {@code message} says that holds from now on, in order, at most three; nothing unless a user says it. */
    public static List<Detected> in(Message message) {
        if (message.role() != Role.USER) {
            return List.of();
        }
        var detected = new ArrayList<Detected>();
        for (String sentence : ownWords(Sentences.of(message.text()))) {
            Detected anchor = in(sentence);
            if (anchor != null && !detected.contains(anchor) && detected.size() < MOST_PER_MESSAGE) {
                detected.add(anchor);
            }
        }
        return detected;
    }

    private static List<String> ownWords(List<Sentences.Part> parts) {
        var prose = parts.stream()
                .filter(part -> part.kind() == Sentences.Kind.PROSE)
                .map(Sentences.Part::text)
                .toList();
        if (prose.size() <= LEADING + TRAILING) {
            return prose;
        }
        var ends = new ArrayList<>(prose.subList(0, LEADING));
        ends.addAll(prose.subList(prose.size() - TRAILING, prose.size()));
        return ends;
    }

    private static @Nullable Detected in(String sentence) {
        String clause = LEAD_IN.matcher(clause(sentence)).replaceFirst("");
        if (clause.endsWith("?") || clause.isBlank()) {
            return null;
        }
        String said = QUOTED.matcher(clause).replaceAll("\"\"");
        for (AnchorRule rule : AnchorRule.ALL) {
            var matcher = rule.pattern().matcher(said);
            if (matcher.find()) {
                return new Detected(rule.kind(), shortened(clause), rule.subject(matcher));
            }
        }
        return null;
    }

    /** A statement that ends in a request is the statement; a request alone stays what it is. */
    private static String clause(String sentence) {
        String straight = sentence.replace('’', '\'').strip();
        String statement = REQUEST.matcher(straight).replaceFirst("").strip();
        return statement.isEmpty() ? straight : statement;
    }

    private static String shortened(String clause) {
        if (clause.length() <= LONGEST) {
            return clause;
        }
        int comma = clause.lastIndexOf(',', LONGEST);
        int end = comma > LONGEST / 2 ? comma : Math.max(clause.lastIndexOf(' ', LONGEST), 1);
        return clause.substring(0, end) + " …";
    }

    /** What kind of thing holds from now on. */
    public enum Kind {
        INSTRUCTION,
        PREFERENCE,
        GOAL,
        DECISION,
        IDENTITY,
        CORRECTION;

        /** The tag its anchors carry. */
        public String tag() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Something that holds from now on.
     *
     * @param kind what kind of thing
     * @param text the user's own clause
     * @param subject what it settles, where it settles something that has one value at a time, so that a newer one
     *     replaces it; null where both may hold
     */
    public record Detected(Kind kind, String text, @Nullable String subject) {}
}
