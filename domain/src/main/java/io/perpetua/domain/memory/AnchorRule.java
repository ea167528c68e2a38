package io.perpetua.domain.memory;

import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form in which people say what holds from now on. A group named {@code what} is what it settles; {@code about} says
 * for which topic. Both together make the subject; without {@code what}, there is none and nothing is ever replaced.
 *
 * @param kind what such a sentence is
 * @param pattern found in a clause, quotations blanked
 */
record AnchorRule(Kind kind, Pattern pattern) {

    /** Verbs of which one thing is done at a time: a new way of doing it replaces the old. */
    private static final String ONE_WAY =
            "(?<what>use|write|answer|respond|reply|speak|format|call|address|keep|stick to)";

    /** What an assistant can be told to do; "always happy to help" and "never give up" are none of it. */
    private static final String CONDUCT = "(?:add|address|answer|ask|assume|avoid|begin|break|call|check|cite|combine"
            + "|confirm|consider|convert|describe|display|do|don't|double-check|end|ensure|explain|follow|format|give(?! up)"
            + "|highlight|include|keep|label|limit|list|make|mention|note|number|offer|output|prioriti[sz]e|provide|put|quote"
            + "|recommend|refer|remind|reply|report|respond|return|round|say|show|speak|specify|start|state|suggest"
            + "|summari[sz]e|tell|translate|treat|use|verify|warn|write)";

    private static final String ABOUT = "(?:[^.]*\\b(?:when(?:ever)?|if|for|every time)\\b"
            + "(?: I(?:'m| am)? (?:ask|asking|talk|talking|write|request)\\w*)?(?: you)?(?: about| for| on)? (?<about>[^.,;!]+))?";

    private static final String YOUR_WORDS =
            "(?:your )?(?:answers?|repl(?:y|ies)|responses?|explanations?|output|messages)";

    /** Asked in this order: the first that fits says what the clause is. */
    static final List<AnchorRule> ALL = List.of(
            rule(
                    Kind.CORRECTION,
                    "^(?:no[,.;] |sorry[,.;] )*(?:correction\\b|scratch that|I (?:mis-?spoke|meant)\\b"
                            + "|I was wrong (?:about|when)|(?:that|what I said)(?:'s| is| was) (?:wrong|not right|incorrect|outdated))"),
            rule(
                    Kind.IDENTITY,
                    "\\bmy (?:full |first |last )?(?<what>name|email(?: address)?|phone(?: number)?|time ?zone"
                            + "|birthday|pronouns|address|job|job title|occupation|profession|native language)(?:'s| is| are|:) \\S"),
            rule(Kind.IDENTITY, "^(?:please )?(?<what>call) me \\p{Lu}"),
            rule(Kind.IDENTITY, "\\bI (?:now )?(?<what>live) in \\p{Lu}"),
            rule(Kind.IDENTITY, "\\bI (?:now |currently )?(?<what>work) (?:as an? |at \\p{Lu}|for \\p{Lu})"),
            rule(Kind.IDENTITY, "^(?:I am|I'm) \\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+)*, an? \\p{L}+"),
            rule(
                    Kind.IDENTITY,
                    "^(?:I am|I'm) (?:\\p{Lu}[\\p{L}'-]+(?: \\p{Lu}[\\p{L}'-]+)*, )?(?:an? )(?:\\p{L}+[ -]){0,4}"
                            + "(?:developer|engineer|student|teacher|designer|writer|nurse|doctor|lawyer|manager|scientist"
                            + "|researcher|analyst|architect|artist|chef|founder|consultant|accountant|technologist|professor"
                            + "|vegetarian|vegan|beginner|\\p{L}+ist)\\b"),
            rule(Kind.IDENTITY, "^(?:I am|I'm) (?<what>\\d{1,3} years) old\\b"),
            rule(Kind.IDENTITY, "\\bI(?:'m| am) (?:allergic to|diabetic|colou?r[- ]?blind|dyslexic|deaf)\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "^(?:please )?(?:always|never|from now on,?(?: please)?(?: always)?) " + ONE_WAY + "\\b" + ABOUT),
            rule(
                    Kind.INSTRUCTION,
                    "^(?:please,? )?(?:always|never|don't ever|do not ever|from now on|going forward"
                            + "|in (?:the )?future|for the rest of (?:this|our) \\w+),?(?: please| always| never| you| I want you to)*"
                            + " " + CONDUCT + "(?: \\S+){2}"),
            rule(
                    Kind.INSTRUCTION,
                    "^(?:please )?(?:when(?:ever)?|every time|each time|any time) (?:I|we) (?:ask|say|mention|write"
                            + "|request|send|paste|want|talk)\\b[^,]*, (?:please |always |you |never |don't )*\\p{L}+"),
            rule(
                    Kind.INSTRUCTION,
                    "\\b(?:I(?:'d| would)? (?:want|like|need|expect) you to|you (?:should|must|have to|need to))"
                            + " (?:always|never|only|remember)\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "^(?:please )?(?<what>answer|respond|reply|speak|write|talk)(?: to me)?(?: only)? (?:in|with|using|like)"
                            + " [^.]*\\b(?:from now on|always|only|throughout|in this (?:chat|conversation))\\b"),
            rule(Kind.INSTRUCTION, "^(?:please )?(?<what>keep) " + YOUR_WORDS + " \\p{L}+"),
            rule(
                    Kind.INSTRUCTION,
                    "^(?:please )?stop (?:using|adding|including|saying|apologi[sz]ing|calling|writing|repeating)\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "^(?:please )?(?:remember|keep in mind|don't forget|note) that (?:I|we|my|our|you)\\b"),
            rule(Kind.PREFERENCE, "\\bmy (?:favou?rite|preferred) (?<what>\\p{L}+(?: \\p{L}+)?) (?:is|are)\\b"),
            rule(
                    Kind.PREFERENCE,
                    "(?<!\\b(?:if|when|would|do|what|whether) )\\bI(?:'d| would)? (?:much |strongly |really |generally |usually"
                            + " |personally |still )?prefer\\b(?! not to (?:say|answer))"),
            rule(
                    Kind.PREFERENCE,
                    "\\bas (?:stated )?(?:in )?my preference\\b|\\bI (?:don't|do not|can't stand|really don't) like"
                            + " (?:it when|using|to use|working)\\b|\\bI (?:hate|dislike|avoid) (?:it when|using|working|meetings)\\b"),
            rule(
                    Kind.DECISION,
                    "(?<!\\b(?:if|whether|once|until|when|before) )\\b(?:I|we)(?:'ve| have)?(?: finally| now| just)?"
                            + " (?:decided|settled on|chosen|chose|agreed)\\b(?! (?:if|whether))"),
            rule(
                    Kind.DECISION,
                    "^(?:then )?(?:let's|let us|we'll|we will|I'll|I will) (?<what>go with|stick with|use) (?:\\p{L}|\\d)"
                            + "[^.?]*?(?: for (?<about>[^.,;!?]+))"),
            rule(Kind.DECISION, "^(?:let's|let us|we'll|we will|I'll|I will) (?:go with|stick with|settle on)\\b"),
            rule(
                    Kind.GOAL,
                    "\\b(?:my|our) (?:main |overall |ultimate |long-term |current )?(?:goal|aim|objective|target) (?:is|was|remains)\\b"
                            + "|\\bconsidering my goal\\b"),
            rule(
                    Kind.GOAL,
                    "\\b(?:my|our|the) (?<what>(?:\\p{L}+ ){0,2}deadline)(?: (?:for|of) (?<about>[^.,;!?]+?))? (?:is|was moved to"
                            + "|has moved to|is now|got moved to)\\b"),
            rule(
                    Kind.GOAL,
                    "\\b(?:I'm|I am|we're|we are) (?:aiming|working towards|saving (?:up )?for|training for)\\b"
                            + "|\\bI (?:aim|intend) to\\b"));

    /** Names are told by their capital, whatever the case of the words around them. */
    private static final String CAPITAL = "(?-i:\\p{Lu})";

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** What a clause that fits settles, or null where it settles nothing that has one value at a time. */
    @Nullable
    String subject(Matcher matcher) {
        String what = group(matcher, "what");
        if (what == null) {
            return null;
        }
        String about = group(matcher, "about");
        String settled = what.replaceAll("^\\d{1,3} years$", "age");
        return kind.tag() + ":" + key(settled) + (about == null ? "" : ":" + key(about));
    }

    private static @Nullable String group(Matcher matcher, String name) {
        return matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
    }

    /** The telling words, lower case, each once, in the order of the alphabet: however a topic is put, it is one. */
    private static String key(String words) {
        var key = new TreeSet<String>();
        WORD.matcher(words.toLowerCase(Locale.ROOT)).results().forEach(word -> key.add(word.group()));
        key.removeAll(QueryWords.STOP);
        key.removeAll(QueryWords.ASKING);
        return String.join(" ", key);
    }

    private static AnchorRule rule(Kind kind, String regex) {
        return new AnchorRule(kind, Pattern.compile(regex.replace("\\p{Lu}", CAPITAL), Pattern.CASE_INSENSITIVE));
    }
}
