package io.perpetua.domain.memory;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence as the rules want it: without what leads into it and the request that follows it, in straight quotation
 * marks.
 *
 * @param text the user's own words
 * @param said the same, to the letter as long, with quotations blanked
 */
record AnchorClause(String text, String said) {

    private static final String FROM_NOW_ON = "(?:from (?:now|here) on|going forward|in (?:the )?future)";

    private static final Pattern LEAD_IN = Pattern.compile(
            "^(?:[-*•] |\\d{1,2}[.)] |(?:oh|ok|okay|also|and|so|but|hey|hi|hello|thanks|thank you|great|well|yes|yeah|actually"
                    + "|by the way|btw|fyi|for context|for the record|for reference|just so you know|to be clear"
                    + "|one more thing|quick note|reminder|important|as I said|as I mentioned|first|finally|now)\\b[,:;!]? *)+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PLEA = Pattern.compile(
            "^(?<when>" + FROM_NOW_ON + ",? )?(?:please )?(?:can|could|would|will) you (?:please )?(?<what>.*?)\\?*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STANDING = Pattern.compile(
            "^(?:please )?(?:always|never) (?:answer|reply|respond|address|call|remind|speak|explain|format|cite|give me|show me"
                    + "|use \\p{L}+ (?:in|for|when)|write|tell me|include)\\b|\\b" + FROM_NOW_ON + "\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REQUEST = Pattern.compile(
            "[,;]? (?:so |and |but |then )?(?:(?:can|could|would|will) you\\b|how (?:can|do|should|would|could|might) I\\b"
                    + "|what (?:would|should|do|can|are|is)\\b|what's\\b|is (?:it|that|there|this)\\b|do you\\b|should I\\b"
                    + "|but I'm (?:not sure|unsure|worried)\\b|considering\\b).*$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|`[^`]*`|«[^»]*»");
    private static final Pattern ASKED_OR_SUPPOSED = Pattern.compile(
            "^(?:(?:what(?! I said)|why|how|who|which|where|whether|is|are|am|does|did|can|could|should|would|has|was|were)\\b"
                    + "|(?:do|have|will) (?:I|we|you|they|he|she|it)\\b|(?:suppose|supposing|imagine|let's say|say|assume|assuming"
                    + "|pretend|unless|in case|even if|had I|were I|once upon)\\b"
                    + "|if (?!(?:I|we) (?:ask|say|mention|write|request|send|paste|want|talk|share|post)\\b))",
            Pattern.CASE_INSENSITIVE);

    /** A clause, or null where a question is asked, something is supposed, or nothing is said. */
    static @Nullable AnchorClause of(String sentence) {
        String straight =
                sentence.replace('’', '\'').replace('“', '"').replace('”', '"').strip();
        String statement = standing(LEAD_IN.matcher(straight).replaceFirst(""));
        String alone = REQUEST.matcher(statement).replaceFirst("").strip();
        String text = alone.isEmpty() ? statement : alone;
        return text.isBlank()
                        || text.endsWith("?")
                        || ASKED_OR_SUPPOSED.matcher(text).find()
                ? null
                : new AnchorClause(text, blanked(text));
    }

    /** What is asked for politely is told: "can you always answer in verse?" is no question. */
    private static String standing(String statement) {
        var plea = PLEA.matcher(statement);
        if (!plea.matches()) {
            return statement;
        }
        String when = plea.group("when");
        String told = (when == null ? "" : when) + plea.group("what");
        return STANDING.matcher(told).find() ? told : statement;
    }

    private static String blanked(String text) {
        return QUOTED.matcher(text)
                .replaceAll(found -> found.group().charAt(0)
                        + "_".repeat(found.group().length() - 2)
                        + found.group().charAt(found.group().length() - 1));
    }

    /** The clause, or what of it stands around its characters {@code from} to {@code to} where it is longer than {@code most}. */
    String around(int from, int to, int most) {
        if (text.length() <= most) {
            return text;
        }
        int comma = text.lastIndexOf(", ", from);
        int start = to <= most ? 0 : comma < 0 || to - comma > most ? from : comma + 2;
        String rest = (start == 0 ? "" : "… ") + text.substring(start);
        if (rest.length() <= most) {
            return rest;
        }
        int end = rest.lastIndexOf(',', most);
        return rest.substring(0, end > most / 2 ? end : Math.max(rest.lastIndexOf(' ', most), most / 2)) + " …";
    }
}
