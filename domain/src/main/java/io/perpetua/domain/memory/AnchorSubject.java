package io.perpetua.domain.memory;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * Two wishes conflict where they set the same thing to different values. Which words name the thing and which the value
 * cannot be told in general, so only things of which an answer has one at a time are known here, by name; all else has
 * no subject, and both wishes hold. A wish that is limited to a topic conflicts with those of the same topic alone.
 */
/**
 * What an anchor settles. A subject is {@code thing} or {@code thing:topic}: {@code language}, {@code length},
 * {@code date format:deadlines}; of persons {@code name}, {@code home}, {@code job}; of decisions {@code choice:topic};
 * of deadlines {@code deadline:topic}. A topic is its telling words in the order of the alphabet, however it was put.
 * Where several people speak under names, what one says of himself is {@code ann/home}.
 */
final class AnchorSubject {

    private static final String LANGUAGES =
            "(?:arabic|bengali|catalan|cantonese|chinese|czech|danish|dutch|english|finnish"
                    + "|french|german|greek|hebrew|hindi|hungarian|indonesian|italian|japanese|korean|latin|mandarin|norwegian"
                    + "|persian|polish|portuguese|romanian|russian|spanish|swahili|swedish|tamil|thai|turkish|ukrainian|urdu"
                    + "|vietnamese|welsh)";

    private static final String CODE_LANGUAGES =
            "(?:bash|c|c\\+\\+|c#|clojure|dart|elixir|go|golang|haskell|java|javascript|julia|kotlin|lua|perl|php|python"
                    + "|r|ruby|rust|scala|swift|typescript)";

    private static final String ANSWERS =
            "(?:answers?|repl(?:y|ies)|responses?|respond|explanations?|explain|messages?|be|it)";

    private static final String SIZES = "(?:short|brief|briefly|concise|concisely|terse|succinct|long|detailed|thorough"
            + "|in depth|in-depth|verbose|elaborate|(?:under|below|within|at most|no more than) \\w+ (?:words|sentences|lines))";

    private static final String TONES =
            "(?:formal|informal|casual|friendly|professional|polite|playful|serious|formally|informally|casually)";

    private static final List<Thing> THINGS = List.of(
            thing("name", "\\b(?:call|address) me (?:as |by )?(?:\"|(?-i:\\p{Lu}))"),
            thing("language", "\\b(?:in|into|to|speak|use|write)(?: \\p{L}+)? " + LANGUAGES + "\\b"),
            thing(
                    "code language",
                    "\\b(?:code|examples?|snippets?|scripts?)\\b.*\\b(?:in|use) " + CODE_LANGUAGES
                            + "(?![\\p{L}\\d+#-])"),
            thing(
                    "units",
                    "\\b(?:metric|imperial|SI)\\b|\\b(?:in|to|use) (?:celsius|fahrenheit|kelvin|kilomet\\w+|miles)\\b"),
            thing("currency", "\\b(?:in|to|into|use) (?:euros?|dollars?|pounds?|yen|francs?|rupees?|USD|EUR|GBP)\\b"),
            thing("date format", "\\b(?:format|write|give|show|put|display)\\b.*\\bdates?\\b"),
            thing("time format", "\\b(?:24|12|twenty-four|twelve)[- ]hour\\b"),
            thing("citation style", "\\b(?:APA|MLA|Chicago|Harvard|IEEE|Vancouver)\\b"),
            thing("emojis", "\\bemojis?\\b|\\bemoticons?\\b"),
            thing("bullet points", "\\bbullet(?:s|ed)?\\b"),
            thing("length", "\\b" + ANSWERS + "\\b.*\\b" + SIZES + "(?![\\p{L}-])|\\b" + SIZES + " " + ANSWERS + "\\b"),
            thing(
                    "tone",
                    "\\b" + TONES + " (?:tone|language|style|manner|voice|register)\\b|\\b" + ANSWERS + "\\b.*\\b"
                            + TONES + "(?![\\p{L}\\d+#-])"));

    private static final Pattern TOPIC = Pattern.compile(
            "\\b(?:when(?:ever)?|if|every time|each time) (?:I(?:'m)?|we) (?:ask|asking|talk|talking|inquire)\\w*(?: you)?"
                    + " (?:about|for|on) ([^.,;!]+)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private AnchorSubject() {}

    private record Thing(String name, Pattern pattern) {}

    private static Thing thing(String name, String regex) {
        return new Thing(name, Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
    }

    /** What a wish settles, or null where another may hold beside it. */
    static @Nullable String ofWish(String clause) {
        for (Thing thing : THINGS) {
            if (thing.pattern.matcher(clause).find()) {
                var topic = TOPIC.matcher(clause);
                return about(thing.name, topic.find() ? topic.group(1) : null);
            }
        }
        return null;
    }

    /** The subject of {@code thing}, where it is limited to a topic. */
    static String about(String thing, @Nullable String topic) {
        String key = topic == null ? "" : key(topic);
        return key.isEmpty() ? thing : thing + ":" + key;
    }

    /** The telling words, lower case, each once, in the order of the alphabet. */
    static String key(String words) {
        var key = new TreeSet<String>();
        WORD.matcher(words.toLowerCase(Locale.ROOT)).results().forEach(word -> key.add(word.group()));
        key.removeAll(QueryWords.STOP);
        key.removeAll(QueryWords.ASKING);
        return String.join(" ", key);
    }
}
