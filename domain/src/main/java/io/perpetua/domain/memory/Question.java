package io.perpetua.domain.memory;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What is asked of a conversation's past.
 *
 * @param text the question, or the message that the past may bear on
 * @param at when it is asked, which "last week" in it counts from
 */
public record Question(String text, Instant at) {

    /** Asks for the whole arc of a conversation rather than for something in it. */
    private static final Pattern BROAD = Pattern.compile(
            "\\b(summar(y|ies|i[sz]\\w+)|overview|recap\\w*|timeline|chronolog\\w+|order in which|in (what|which) order"
                    + "|walk me through the|over time|so far"
                    + "|(throughout|across) (our|my|the|all) (\\w+ )?(conversation|chat|discussion|session|request|question)s?"
                    + "|how (has|have|did) [^.?!]{0,200}\\b(progress|evolv|develop|chang)(e|ed)?)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern COMBINING = Pattern.compile("\\p{M}+");

    private static final String SAYING =
            "(recommend|suggest|advise|propose|explain|describe|mention|say|tell|give|write|list|answer|outline)";

    private static final Pattern TO_ASSISTANT = Pattern.compile(
            "\\b((did|had) you (\\w+ )?" + SAYING
                    + "|you (recommended|suggested|advised|proposed|explained|described|mentioned|said|told|gave|wrote"
                    + "|listed|answered|outlined)"
                    + "|your (earlier |previous |last )?(recommendation|suggestion|advice|proposal|explanation|answer|reply"
                    + "|outline))",
            Pattern.CASE_INSENSITIVE);

    /** Characters at either end that say what is asked; what lies between is material. */
    private static final int TELLING = 1_000;

    /**
     * What cues are looked for in: the beginning and the end, without combining marks. A pattern's word boundary walks back
     * over a row of those, which would take the square of its length in time.
     */
    String cues() {
        String ends = text.length() <= 2 * TELLING
                ? text
                : text.substring(0, TELLING) + " " + text.substring(text.length() - TELLING);
        return COMBINING.matcher(ends).replaceAll("");
    }

    /** Whether it asks for the whole arc of the conversation: then many turns shortly say more than few at length. */
    public boolean broad() {
        return BROAD.matcher(cues()).find();
    }

    /** Whether it asks about what the assistant has said. */
    boolean aboutAssistant() {
        return TO_ASSISTANT.matcher(cues()).find();
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "Question[" + text.length() + " characters]";
    }
}
