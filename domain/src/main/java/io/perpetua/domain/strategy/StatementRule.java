package io.perpetua.domain.strategy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form in which people state something that has one value at a time. Read in sentences of bounded length.
 *
 * @param subject what is stated; null where the group {@code what} says it, and the group {@code of} of which
 * @param pattern found anywhere in a sentence
 */
record StatementRule(@Nullable String subject, Pattern pattern) {

    private static final String REFERENCE = "(?<!\\w)(?=[\\w#/-]*\\d)[A-Za-z#]?[\\w/-]{2,40}";
    private static final String NUMBER = "\\s+(?:number|no\\.?|id|code|key|ref(?:erence)?)";
    private static final String THING = "(?<what>account|booking|case|client|contract|customer|invoice|licen[cs]e"
            + "|member(?:ship)?|order|policy|reservation|serial|subscription|ticket|tracking)";
    private static final Map<String, String> SAME = Map.of(
            "client",
            "customer",
            "cell",
            "phone",
            "mobile",
            "phone",
            "telephone",
            "phone",
            "e-mail",
            "email",
            "colour",
            "color",
            "typeface",
            "font");

    /** Who a user of a help desk is, and what it is about. */
    static final List<StatementRule> IDENTITY = List.of(
            rule(
                    "name",
                    "\\b[Mm]y (?:full )?name(?:'s| is) (?:\\p{Lu}|[Mm]r|[Mm]s)|\\b[Tt]his is \\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+)*"
                            + " (?:from|at|calling|here|again)\\b|^(?:[Hh]i|[Hh]ello)?,? ?[Ii](?:'m| am) \\p{Lu}[\\p{L}'-]+ (?:\\p{Lu}[\\p{L}'-]+)?(?:,|\\.| from| at)"),
            rule(null, "(?i)\\b" + THING + NUMBER + "(?:\\s+(?:is|was|now)|\\s*[:=])*\\s*(?:now )?#?" + REFERENCE),
            rule(null, "(?i)\\b" + THING + "\\s*[#:=]\\s*#?" + REFERENCE),
            rule(
                    null,
                    "(?i)(?:^|(?<=\\b(?:my|our|the|about|regarding|for|with|on) ))" + THING + "\\s+" + REFERENCE
                            + "(?!\\w| (?:of|more|times|days?|hours?|weeks?|minutes?|items?|pieces?)\\b)"),
            rule(
                    null,
                    "(?i)\\b(?:my|our) (?:\\w+ )?(?<what>e-?mail|phone|mobile|cell|telephone)(?: address| number)?(?: is|:|'s)(?: now)? \\S"),
            rule("email", "(?i)\\b(?:reach|contact|e-?mail|write to) me (?:at|on|under) [^\\s@]+@"),
            rule("phone", "(?i)\\b(?:reach|call|ring|text) me (?:at|on|under) [+(\\d]"),
            rule(
                    null,
                    "(?i)\\b(?:my|our) (?:new |current )?(?<what>(?:shipping |delivery |billing |postal |home )?address|time ?zone|company)"
                            + "(?: is|:|'s)(?: now)? \\S"),
            rule(
                    "plan",
                    "(?i)\\b(?:I'm|I am|we're|we are|I was|I've been) on (?:the|a|an|your) (?:[\\w-]+ ){1,4}(?:plan|tier|subscription|package|contract)\\b"
                            + "|\\b(?:my|our) (?:current )?(?:plan|tier|package) is\\b"
                            + "|\\b(?:I|we)(?:'ve| have)? (?:just )?(?:upgraded|downgraded|switched|moved|subscribed) to (?:the|a|your) [\\w -]{2,30}(?:plan|tier|package)\\b"),
            rule(
                    null,
                    "(?i)\\bmy (?:new |old )?(?<what>browser|camera|computer|device|headset|laptop|modem|operating system|os|phone|printer|router"
                            + "|tablet|thermostat|tv|watch)(?: model)? is (?:an? |the )?(?-i:(?=\\S*[\\p{Lu}\\d]))\\S"),
            rule(
                    "device",
                    "\\b(?:I'm|I am|I use|I'm using|I am using|we use|we're using|I'm running|I am running|I'm on|I have)"
                            + " (?:an?|the|my) (?=(?:[\\p{L}-]+ ){0,3}[\\p{L}-]*\\d)(?:[\\p{Lu}\\d][\\w.-]* ?){1,5}"));

    /** What a user decides about the looks of something. */
    static final List<StatementRule> DESIGN = List.of(
            rule(
                    null,
                    "(?i)\\b(?<of>accent|background|body|border|brand|button|card|danger|error|footer|header|heading|headline|hover|link|main"
                            + "|muted|page|primary|secondary|sidebar|success|surface|text|title|warning)s? (?:text |background )?"
                            + "(?<what>colou?r|font|typeface|font size|size|spacing|padding|margin|radius|shadow|width|height)"
                            + "(?: (?:is|should be|must be|will be|to|becomes|as)| ?[:=])(?: now| always)? ?['\"]?(?:#|\\p{L}|\\d)"),
            rule(
                    null,
                    "(?i)\\b(?:use|make|set|change|switch) (?:the )?(?<what>(?:base |default |whole |overall )?"
                            + "(?:font|typeface|spacing|spacing unit|corner radius|border radius|theme|font size|grid|gutter))(?: (?:is|to|as|of)|:)? ?['\"]?(?:#|\\p{L}|\\d)"),
            rule(
                    null,
                    "(?i)\\b(?:use|make) (?:#[0-9a-f]{3,8}|\\p{L}+(?: \\p{L}+)?) (?:as|for) (?:the|our) (?<of>accent|background|brand|button|heading|link"
                            + "|primary|secondary|text) (?<what>colou?r|font)"));

    /** What a sentence that fits settles, or null if it does not fit. */
    @Nullable
    String settledBy(String sentence) {
        Matcher matcher = pattern.matcher(sentence);
        if (!matcher.find()) {
            return null;
        }
        if (subject != null) {
            return subject;
        }
        boolean named = matcher.namedGroups().containsKey("of");
        return (named ? same(matcher.group("of")) + " " : "") + same(matcher.group("what"));
    }

    private static String same(String word) {
        String lower = word.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return SAME.getOrDefault(lower, lower);
    }

    private static StatementRule rule(@Nullable String subject, String regex) {
        return new StatementRule(subject, Pattern.compile(regex));
    }
}
