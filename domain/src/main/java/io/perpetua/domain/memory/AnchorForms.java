package io.perpetua.domain.memory;

import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The forms in which people say in English what holds from now on. What is told to the assistant begins with the verb, or
 * says "I want you to"; what a user says of himself begins with "I" or "my".
 */
final class AnchorForms {

    /** What an assistant can be told to do; "always happy to help" and "never give up" are none of it. */
    private static final String CONDUCT =
            "(?:add|address|answer|apologi[sz]e|ask|assume|avoid|be|begin|break|call|check|cite|combine"
                    + "|compare|confirm|consider|convert|define|describe|display|do|don't|double-check|end|ensure|explain|flag|focus"
                    + "|follow|format|give(?! up)|highlight|illustrate|include|indicate|keep|label|limit|link|list|make|mention|name"
                    + "|note|number|offer|omit|order|output|point out|present|prioriti[sz]e|provide|put|quote|recommend|refer|remind"
                    + "|reply|report|respond|return|round|say|share|show|skip|sort|speak|specify|spell|start|state|stick to|structure"
                    + "|suggest|summari[sz]e|talk|tell|translate|treat|use|verify|warn|write)";

    private static final String YOURS =
            "(?:answers?|repl(?:y|ies)|responses?|explanations?|outputs?|messages|summaries|code|examples?|snippets?)";

    private static final String ALL_YOURS =
            "(?:your|(?:all|every|each|any)(?: of)?(?: your| the)?) (?:\\p{L}+ )?" + YOURS;

    private static final String FROM_NOW_ON =
            "(?:from (?:now|here|this point) on(?:wards?)?|going forward|in (?:the )?future"
                    + "|for the rest of (?:this|our) \\w+|at all times|throughout (?:this|our) \\w+"
                    + "|in (?:this|our) (?:chat|conversation|project|thread)|as a rule)";

    private static final String PLEASE = "^(?:please,? |kindly )?";

    private static final String NAMED = "\\p{Lu}[\\p{L}'-]+";

    private static final String OCCUPATION =
            "(?:developer|engineer|student|teacher|designer|writer|nurse|doctor|lawyer|manager"
                    + "|scientist|researcher|analyst|architect|artist|chef|founder|consultant|accountant|technologist|professor"
                    + "|technician|electrician|carpenter|plumber|pilot|driver|freelancer|programmer|administrator|librarian|editor"
                    + "|photographer|producer|officer|trainer|translator|farmer|coordinator|assistant|owner|musician|veterinarian"
                    + "|(?!art|l|ex|whit|opti|pessi)\\p{L}{3,}ist)";

    private static final String ACTOR =
            "(?<!\\b(?:if|whether|once|until|when|before|unless|had|have|haven't|not|never|suppose|say) )\\b(?:I|we)";

    /** Names are told by their capital, whatever the case of the words around them. */
    private static final String CAPITAL = "(?-i:\\p{Lu})";

    /** The first letter of I, my, our, we and you, one of which follows each look behind: looked at first, it saves the look. */
    private static final String PRONOUN = "(?=[imowy])";

    /** Asked in this order: the first that fits says what the clause is. */
    static final List<AnchorRule> ALL = List.of(
            rule(
                    Kind.CORRECTION,
                    "",
                    "^(?:no[,.;] |sorry[,.;] |wait[,.;] )*(?:correction\\b|scratch that[,.;:]|I (?:mis-?spoke|misremembered)\\b"
                            + "|I (?:got|had) (?:that|it) wrong\\b|my mistake[,.:;]|I said [^,.]*, (?:but )?(?:it should|I meant)\\b"
                            + "|I meant (?!to |that as|well|no )|I was (?:wrong|mistaken) (?:about|when)"
                            + "|(?:that|what I said)(?: earlier| before)?(?:'s| is| was) (?:wrong|not right|incorrect|outdated))"
                            + ".*\\P{L}\\p{L}+\\P{L}+\\p{L}+"),
            rule(Kind.CORRECTION, "", "^(?:no|sorry|wait)[,.;] .*\\b(?:is|are|was|were|it's|that's) .*, not \\S"),
            rule(
                    Kind.IDENTITY,
                    "",
                    "(?<!\\b(?:if|was|were|that|why|how) )\\bmy (?:full |first |last )?(?<what>name|email(?: address)?"
                            + "|phone(?: number)?|time ?zone|birthday|pronouns|address|job|job title|occupation|profession"
                            + "|native language|blood type|age)(?:'s| is| are|:)(?: now)? (?!not\\b|the same|too\\b|so\\b|in\\b)\\S"),
            rule(Kind.IDENTITY, "name", PLEASE + "(?:just )?(?:call|address) me (?:as |by )?(?:\"|\\p{Lu})"),
            rule(Kind.IDENTITY, "name", "\\b(?:I go by|(?:everyone|everybody|people|friends) calls? me) \\p{Lu}"),
            rule(
                    Kind.IDENTITY,
                    "home",
                    "(?<!\\b(?:if|when|where|before|since|while) )\\bI (?:now |currently |still )?live in \\p{Lu}"),
            rule(
                    Kind.IDENTITY,
                    "home",
                    "(?<!\\b(?:if|when|where|before|since|while) )\\bI(?:'ve| have)?(?: just| recently)? (?:moved|relocated) to \\p{Lu}"
                            + "|\\bI(?:'m| am) (?:now )?(?:based|living) in \\p{Lu}"),
            rule(
                    Kind.IDENTITY,
                    "work",
                    "(?<!\\b(?:if|when|where|before|since|while) )\\bI (?:now |currently )?work (?:as an? \\p{L}|at \\p{Lu}|for \\p{Lu})"),
            rule(Kind.IDENTITY, "name", "^(?:I am|I'm) " + NAMED + "(?: " + NAMED + ")*, an? \\p{L}+"),
            rule(
                    Kind.IDENTITY,
                    "work",
                    "^(?:I am|I'm) (?:now |currently )?(?:" + NAMED + "(?: " + NAMED + ")*, )?an? (?:[\\p{L}-]+ ){0,4}?"
                            + OCCUPATION + "\\b(?! of (?:all|the)\\b)"),
            rule(
                    Kind.IDENTITY,
                    "",
                    "^(?:I am|I'm) (?:now |also )?(?:an? )?(?:(?:total|complete|absolute|strict) )?(?:vegetarian|vegan|pescatarian"
                            + "|beginner|native \\p{L}+ speaker|left-handed|lactose intolerant)\\b"),
            rule(Kind.IDENTITY, "age", "^(?:I am|I'm|I just turned) \\d{1,3}(?: years old\\b|$)"),
            rule(
                    Kind.IDENTITY,
                    "",
                    "(?<!\\bif )\\bI(?:'m| am| have been diagnosed as)(?: severely| also)? (?:allergic to|diabetic|colou?r[- ]?blind"
                            + "|dyslexic|deaf)\\b"),
            rule(
                    Kind.IDENTITY,
                    "",
                    "^I have (?:type [12] )?(?:diabetes|asthma|coeliac|celiac|ADHD|dyslexia|epilepsy|tinnitus)\\b"
                            + "|^(?:I am|I'm) (?:an? )(?:[\\p{L}-]+ )?(?:father|mother|parent|dad|mum|mom|widow|widower)\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    PLEASE + "(?:always|never|don't ever|do not ever|" + FROM_NOW_ON
                            + "),?(?: please,?| always| never| you"
                            + "| I want you to| I'd like you to| don't| do not| only)* " + CONDUCT
                            + "(?! never\\b)(?: \\S+)"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    PLEASE + "(?:(?:don't|do not|only) )?" + CONDUCT + "\\b.*\\b(?:" + FROM_NOW_ON
                            + "|always|whenever I|(?:every|each|any) time I|in every \\w+ you)\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    PLEASE
                            + "(?:(?:whenever|every time|each time|any time) (?:I|we|possible|you(?:'re| are| answer| reply| write| explain| suggest))|in "
                            + ALL_YOURS
                            + "|(?:when|if) (?:I|we) (?:ask|say|mention|write|request|send"
                            + "|paste|want|talk|share|post))\\b[^,]*, (?:please |always |you |never |don't |only |just |also )*"
                            + CONDUCT + "\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    "(?<!\\b(?:if|because|that|says?|said|do) )\\b(?:I(?:'d| would)? (?:want|like|need|expect|prefer)(?: for)? you to"
                            + "|you(?:'re| are) to) (?:please )?(?:(?:always|never|only|remember)\\b|"
                            + CONDUCT + "\\b.*\\b" + FROM_NOW_ON + "\\b)"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    "^you (?:should|must|have to|need to|can|may) (?:always|never|only) (?:answer|reply|respond|ask me|tell me"
                            + "|call me|address me|remind me|speak|explain|format|cite|give me|show me)\\b"),
            rule(Kind.INSTRUCTION, "", PLEASE + "keep (?:all )?(?:of )?your " + YOURS + " \\p{L}+"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    "^(?:all )?(?:of )?your " + YOURS
                            + " (?:should|must|need to|have to) (?:always |only |never )?\\p{L}+"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    "(?<!\\b(?:if|that) )\\bI(?:'d| would)? (?:want|need|like|prefer|expect) (?:all )?(?:of )?your "
                            + YOURS + " (?:to be|in|with|as|short|brief|without)\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    PLEASE + "(?:(?:don't|do not|never|only|no) )?(?:" + CONDUCT
                            + "|\\p{L}+)\\b [^.]*\\b(?:in|to|with|for|of|at the end of) " + ALL_YOURS + "\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    PLEASE + "(?:start|begin|end|finish|write|answer) (?:all|every|each) (?:of your )?(?:\\p{L}+ )?"
                            + YOURS + "\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    PLEASE
                            + "(?:stop|quit) (?:using|adding|including|saying|apologi[sz]ing|calling|writing|repeating|giving"
                            + "|asking|starting|ending|telling|making|putting|showing|suggesting)\\b"),
            rule(
                    Kind.INSTRUCTION,
                    "",
                    PLEASE
                            + "(?:remember|keep in mind|don't forget|bear in mind|note)(?: that |: )(?:I|we|my|our|you)\\b"),
            rule(
                    Kind.PREFERENCE,
                    "",
                    "(?<!\\b(?:if|when|was|were) )\\bmy (?:favou?rite|preferred) (?<what>\\p{L}+(?: \\p{L}+)?) (?:is|are)"
                            + "(?: now)? \\S|\\bmy preference (?:is|would be)\\b|\\bas (?:stated )?(?:in )?my preference\\b"),
            rule(
                    Kind.PREFERENCE,
                    "",
                    "(?<!\\b(?:if|when|would|do|did|what|whether|which|like|unless|than|but) )\\bI(?:'d| would)? (?:much |strongly |really"
                            + " |generally |usually |personally |still |always |also |definitely |typically )*(?:prefer\\b(?! not to (?:say|answer)| to not say)"
                            + "|rather (?!not say|good|bad|nice|tired|late))"),
            rule(
                    Kind.PREFERENCE,
                    "",
                    "(?<!\\bif )\\bI (?:really |just |absolutely )?(?:don't|do not|can't stand|cannot stand|hate|dislike|avoid|can't)"
                            + " (?:like )?(?:it when|using|to use|working|having to|being|meetings|eating|eat)\\b"),
            rule(
                    Kind.PREFERENCE,
                    "",
                    "(?<!\\bif )\\bI(?:'m| am) (?:not (?:a (?:big |huge )?fan of|fond of|keen on)|more of an?"
                            + "|(?:more|most) comfortable (?:with|using|when)|(?:a )?partial to)\\b"),
            rule(
                    Kind.PREFERENCE,
                    "",
                    "(?<!\\bif )\\bI (?:really |generally |usually )?(?:like (?:it when|[\\p{L} ]+ (?:better|more) than)|(?:favou?r|value) [\\p{L} ]+ over)\\b"
                            + "|\\bI (?:learn|work|focus|study|think|write|sleep) (?:best|better)\\b"
                            + "|\\b(?:works?|suits?) (?:best|better) for me\\b|\\bsuits? me (?:best|better)\\b"),
            rule(
                    Kind.PREFERENCE,
                    "",
                    "(?<!\\bif )\\bI (?:don't|do not|never) (?:eat|drink|smoke|fly|drive)\\b(?! it\\b| that\\b| this\\b)"),
            rule(
                    Kind.DECISION,
                    "",
                    ACTOR
                            + "(?:'ve| have)?(?: both| all| finally| now| just| already| also)* (?:decided|settled on|chosen(?! to)|chose(?! to)"
                            + "|agreed(?= (?:to|on|that|not)\\b| with \\S+ (?:to|on|that)\\b)|opted|committed to)\\b"
                            + "(?! (?:if|whether|yet|them|it|this)\\b)"),
            rule(
                    Kind.DECISION,
                    "choice",
                    "^(?:then |so |ok(?:ay)?,? )?(?:let's|let us|we'll|we will|I'll|I will|(?:I'm|I am|we're|we are)(?= going| sticking))(?: definitely| going to)?"
                            + " (?:go with|going with|stick with|sticking with|use) (?:\\p{L}|\\d)[^.?]*? (?:for|as) (?:the |our |my )?(?<topic>[^.,;!?]+)"),
            rule(
                    Kind.DECISION,
                    "",
                    "^(?:then )?(?:let's|let us|we'll|we will|I'll|I will|I'm|I am|we're|we are)(?: definitely| going to)?"
                            + " (?:go with|going with|stick with|sticking with|settle on)\\b"),
            rule(
                    Kind.DECISION,
                    "",
                    ACTOR
                            + "(?:'ve| have)?(?: finally| just)? (?:gone|went|picked) (?:with |)(?:[\\p{L}\\d]+ ){1,5}(?:over|instead of|as (?:the|our|my))\\b"
                            + "|\\b(?:my|our|the) (?:final )?decision (?:is|was) (?:to |that |made|final)"),
            rule(
                    Kind.GOAL,
                    "",
                    "(?<!\\b(?:if|that) )\\b(?:my|our) (?:main |overall |ultimate |long-term |current |next |big |biggest )*(?:goal|aim|objective"
                            + "|target|ambition|dream|plan) (?:(?:for|this|of) [^.,;]{1,40} )?(?:is|remains)(?! not\\b)\\b|\\bconsidering my goal\\b"),
            rule(
                    Kind.GOAL,
                    "deadline",
                    "\\b(?:my|our|the) (?:(?<what>(?:\\p{L}+ ){0,2}))deadline(?: (?:for|of) (?<topic>[^.,;!?]+?))? (?:is|was moved to"
                            + "|was pushed (?:back )?to|has moved to|is now|got moved to)"
                            + "(?! (?:approach|near|clos|soon|com|loom|tight|import|not\\b|too\\b|so\\b|very\\b|really\\b|still\\b))"),
            rule(
                    Kind.GOAL,
                    "",
                    "(?<!\\bif )\\b(?:I'm|I am|we're|we are)(?: now| currently| also)? (?:aiming|working towards?|saving (?:up )?for"
                            + "|training for|studying for|preparing for|striving)\\b|" + ACTOR
                            + "(?: aim| intend)(?: to| for)\\b"),
            rule(
                    Kind.GOAL,
                    "",
                    ACTOR
                            + " (?:want|need|have|hope|plan|'d like|would like|'m trying|am trying|'re trying|are trying) to [^.,;?]* by (?:the end of|next|the summer|mid-|early|late|age"
                            + "|(?:january|february|march|april|may|june|july|august|september|october|november|december|monday"
                            + "|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter|christmas)\\b|\\d{4}\\b|\\d{1,2}(?:st|nd|rd|th)\\b|\\d{1,2}(?::\\d\\d)? ?[ap]\\.?m\\b)"));

    private AnchorForms() {}

    private static AnchorRule rule(Kind kind, String settles, String regex) {
        String quick = regex.replace("\\p{Lu}", CAPITAL).replace("(?<!", PRONOUN + "(?<!");
        return new AnchorRule(kind, settles, Pattern.compile(quick, Pattern.CASE_INSENSITIVE));
    }
}
