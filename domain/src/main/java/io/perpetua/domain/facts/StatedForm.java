package io.perpetua.domain.facts;

import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form in which people say who they are or what they prefer.
 *
 * @param kind of clause that it takes apart
 * @param settles what such a clause settles, and the fact's predicate; empty where that is what the clause settles, null
 *     where it settles nothing
 * @param predicate the fact's predicate where a clause settles nothing
 * @param pattern whose group {@code value} is the object
 */
record StatedForm(Kind kind, @Nullable String settles, String predicate, Pattern pattern) {

    private static final int LONGEST = 200;

    /** A name may have stops within, but for the sentence's at its end. */
    private static final Pattern STOP = Pattern.compile("[.'-]+$");

    /** Up to where the sentence goes on with something else. */
    private static final String VALUE =
            "(?<value>[^.,;!?()]+?)(?= (?:and (?:I|my|we)|but|so|because|since|while|where|when|if|though|although|by the way)\\b"
                    + "|[.,;!?()]|$)";

    private static final String NAME =
            "(?<value>(?-i:\\p{Lu})[\\p{L}.'-]*(?: (?-i:\\p{Lu})[\\p{L}'-]+){0,3}|\"[^\"]{1,80}\")";

    private static final String PLACE =
            "(?<value>(?-i:\\p{Lu})[\\p{L}.'-]*(?:(?: |, | of | de | la )(?-i:\\p{Lu})[\\p{L}'-]+){0,4})";

    private static final String I_AM = "\\b(?:I am|I'm|I have been|I've been)";

    private static final String OFTEN =
            "(?: (?:much|strongly|really|generally|usually|personally|still|always|also|definitely|typically|just|absolutely))*";

    /** Asked in this order. */
    static final List<StatedForm> ALL = List.of(
            identity("name", "\\bmy (?:full |first |last )?name(?:'s| is|:)(?: now)? " + NAME),
            identity("name", "\\b(?:call|address) me (?:as |by )?" + NAME),
            identity("name", "\\b(?:I go by|calls? me) " + NAME),
            identity("name", "^(?:I am|I'm) " + NAME + ", an?\\b"),
            identity("home", "\\b(?:live in|moved to|relocated to|based in|living in) " + PLACE),
            identity("work", "\\bmy (?:job(?: title)?|occupation|profession)(?:'s| is|:)(?: now)? (?:an? )?" + VALUE),
            identity("work", "\\bwork (?:as an? )" + VALUE),
            identity("work", "\\bwork (?<value>(?:at|for) [^.,;!?()]+)"),
            identity("work", "^(?:I am|I'm) (?:now |currently )?(?:[^,]{1,60}, )?an? " + VALUE),
            identity("email", "(?<value>[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\.\\p{L}{2,})"),
            identity("phone", "\\bphone(?: number)?(?:'s| is|:)(?: now)? (?<value>[+(]?[\\d][\\d ()/.-]{3,30}\\d)"),
            identity("age", "\\b(?<value>\\d{1,3})\\b"),
            identity("", "\\bmy [\\p{L} ]{3,20}?(?:'s| is| are|:)(?: now)? " + VALUE),
            none(Kind.IDENTITY, "allergic to", I_AM + "(?: severely| also)? allergic to " + VALUE),
            none(
                    Kind.IDENTITY,
                    "has condition",
                    "(?:" + I_AM + "|\\bhave been diagnosed as)(?: severely| also)? "
                            + "(?<value>diabetic|colou?r[- ]?blind|dyslexic|deaf|lactose intolerant)\\b"),
            none(
                    Kind.IDENTITY,
                    "has condition",
                    "^I have (?<value>(?:type [12] )?(?:diabetes|asthma|coeliac|celiac|ADHD|dyslexia|epilepsy|tinnitus))\\b"),
            none(Kind.IDENTITY, "describes self as", "^(?:I am|I'm) (?:now |also )?(?:an? )?" + VALUE),
            new StatedForm(
                    Kind.PREFERENCE,
                    "",
                    "",
                    compiled("\\bmy (?:favou?rite|preferred) [\\p{L} ]+? (?:is|are)(?: now)? " + VALUE)),
            none(Kind.PREFERENCE, "does not eat", "\\bI (?:don't|do not|never|can't)" + OFTEN + " eat " + VALUE),
            none(Kind.PREFERENCE, "does not drink", "\\bI (?:don't|do not|never|can't)" + OFTEN + " drink " + VALUE),
            none(Kind.PREFERENCE, "avoids", "\\bI (?:don't|do not|never) (?<value>eat|drink|smoke|fly|drive)\\b"),
            none(Kind.PREFERENCE, "avoids", "\\bI" + OFTEN + " avoid " + VALUE),
            none(
                    Kind.PREFERENCE,
                    "dislikes",
                    "\\bI" + OFTEN
                            + " (?:don't like(?: it when)?|do not like(?: it when)?|can't stand|cannot stand|hate|dislike) "
                            + VALUE),
            none(
                    Kind.PREFERENCE,
                    "dislikes",
                    "\\bI(?:'m| am) not (?:an? (?:big |huge )?fan of|fond of|keen on) " + VALUE),
            none(
                    Kind.PREFERENCE,
                    "prefers",
                    "\\bI(?:'d| would)?" + OFTEN + " (?:prefer|rather|favou?r|value)(?: to)? " + VALUE),
            none(
                    Kind.PREFERENCE,
                    "prefers",
                    "\\bI(?:'m| am) (?:more of an?|(?:more|most) comfortable (?:with|using)|(?:a )?partial to) "
                            + VALUE));

    /** What a clause says. */
    record Said(String predicate, String object) {}

    private static StatedForm identity(String settles, String regex) {
        return new StatedForm(Kind.IDENTITY, settles, "", compiled(regex));
    }

    private static StatedForm none(Kind kind, String predicate, String regex) {
        return new StatedForm(kind, null, predicate, compiled(regex));
    }

    private static Pattern compiled(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /**
     * What {@code clause} says in this form, null where it is none of it.
     *
     * @param about what the clause settles, null where it settles nothing
     */
    @Nullable
    Said in(String clause, Kind of, @Nullable String about) {
        if (of != kind || !fits(about)) {
            return null;
        }
        var matcher = pattern.matcher(clause);
        if (!matcher.find()) {
            return null;
        }
        String value = unquoted(STOP.matcher(matcher.group("value").strip()).replaceFirst(""));
        return Triple.normal(value).isEmpty() || value.length() > LONGEST
                ? null
                : new Said(predicate.isEmpty() && about != null ? about : predicate, value);
    }

    /** A wish may settle something by its topic, which is not what the fact is about. */
    private boolean fits(@Nullable String about) {
        if (settles == null) {
            return about == null || (kind == Kind.PREFERENCE && !about.startsWith("favourite "));
        }
        return about != null
                && (settles.isEmpty()
                        ? kind == Kind.IDENTITY || about.startsWith("favourite ")
                        : settles.equals(about));
    }

    private static String unquoted(String value) {
        return value.length() > 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
