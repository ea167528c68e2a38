package io.perpetua.domain.routing;

import static io.perpetua.domain.routing.Intent.CODING_HELP;
import static io.perpetua.domain.routing.Intent.EDITING_WRITING;
import static io.perpetua.domain.routing.Intent.QA_RETRIEVAL;
import static io.perpetua.domain.routing.Intent.REASONING_MATH;
import static io.perpetua.domain.routing.Intent.SOCIAL_CHAT;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Words that speak for an intent. They are whole words: "capital" is not about an API.
 *
 * @param weight how much they say: 1 is a hint, 3 leaves little doubt
 * @param pattern found in the message, lower case, with runs of white space as one space
 */
record IntentCue(Intent intent, double weight, Pattern pattern) {

    private static final String LANGUAGE =
            "(?:python|javascript|typescript|java(?! (?:island|sea|coffee|man))|kotlin|scala"
                    + "|rust(?!y| on| stain| remov)|golang|c\\+\\+|c#|\\.net|php|ruby(?! (?:ring|red|slipper))|perl|haskell|elixir|sql"
                    + "|mysql|postgres(?:ql)?|sqlite|mongodb|bash|powershell|zsh|html|css|tailwind|react|vue|angular|svelte|next\\.?js"
                    + "|node(?:\\.?js)?|npm|django|flask|fastapi|spring boot|rails|laravel|numpy|pandas|pytorch|docker(?:file)?"
                    + "|docker-compose|kubernetes|kubectl|terraform|ansible|nginx|git|github|gitlab|maven|gradle|webpack|vite|junit"
                    + "|pytest|regexp?|graphql|protobuf|grpc|json|yaml|toml|xml|jsx|tsx|cron|crontab|makefile|matlab|lua|vba|vim)";

    private static final String CODE_THING =
            "(?:code|functions?|method|class|scripts?|program|query|queries|regexp?|component"
                    + "|endpoint|unit tests?|integration tests?|test cases?|tests|loop|algorithm|module|api|schema|migration|hook"
                    + "|middleware|dockerfile|makefile|snippet|parser|linked list|hash ?map|array|binary search|decorator|iterator"
                    + "|stored procedure|trigger|webhook|lambda|cli|crawler|scraper|chatbot|web ?(?:app|site|page|server)|app|backend"
                    + "|frontend|pipeline|one-liner|recursion|trie|queue|stack|enum|struct|interface|type ?hints?|docstrings?|bug"
                    + "|compile[dr]? error|merge conflict|pull request|config(?:uration)? file)";

    private static final String PROSE_THING =
            "(?:e-?mails?|letter|essay|poem|haiku|limerick|sonnet|story|short story|speech"
                    + "|toast|eulogy|blog(?: post)?|article|captions?|tweets?|thread|post|slogans?|taglines?|bio|biography|cover letter"
                    + "|r[eé]sum[eé]|cv|invitation|invite|announcement|press release|paragraphs?|headlines?|title|description"
                    + "|newsletter|song|lyrics|rap|dialogue|scene|script for|monologue|novel|chapter|intro(?:duction)?|conclusion"
                    + "|abstract|thank[- ]you (?:note|card)|note|message|text message|apology|complaint|recommendation|testimonial"
                    + "|review of|vows|obituary|memo|report|proposal|fairy ?tale|bedtime story|advert(?:isement)?|ad copy|statement"
                    + "|summary of|sentences?|greeting card|linkedin|instagram)";

    static final List<IntentCue> ALL = List.of(
            cue(CODING_HELP, 3, "```|~~~"),
            cue(
                    CODING_HELP,
                    3,
                    "traceback \\(most recent|\\bat [\\w$.]+\\([\\w]+\\.(?:java|kt|js|ts):\\d+\\)"
                            + "|\\b\\w+(?:exception|error)\\b ?:|\\bundefined is not|\\bsegmentation fault|\\bsegfault|\\berror ts\\d+"
                            + "|\\bexit (?:code|status) \\d+|\\bnull ?pointer|\\bstack ?trace|\\bcore dumped|\\benoent|\\beacces"),
            cue(
                    CODING_HELP,
                    2.5,
                    "\\b(?:def|public|private|static|const|let|var|function|import|from|return|class) \\w+[^.?!]*"
                            + "[({;=]|\\bselect\\b.{1,80}\\bfrom\\b.{1,80}(?:\\bwhere\\b|\\bjoin\\b|;|\\bgroup by\\b)|</?\\w+>|=>|\\w+\\(\\)"
                            + "|\\bconsole\\.log|\\bprintln?\\(|\\b(?:npm|pip|git|docker|kubectl|sudo|apt|brew|cargo|mvn) (?:install|run"
                            + "|commit|push|pull|rebase|merge|build|checkout|get|apply|update|reset|stash)\\b"),
            cue(
                    CODING_HELP,
                    1.6,
                    "\\b[\\w/-]+\\.(?:py|js|ts|tsx|jsx|java|kt|go|rs|c|cpp|h|cs|rb|php|sh|sql|ya?ml|json|toml"
                            + "|css|html|ipynb|lock|gradle)\\b|\\b[a-z]+_[a-z]+(?:_[a-z]+)*\\b|\\b--[a-z][a-z-]+"),
            cue(CODING_HELP, 1.3, "(?<![\\w.])" + LANGUAGE + "(?![\\w+#]|\\.\\w)"),
            cue(
                    CODING_HELP,
                    2.2,
                    "\\b(?:write|create|implement|build|generate|make|add|code|develop|give me|show me|need|set up"
                            + "|design|scaffold)\\b(?: \\S+){0,5}? " + CODE_THING
                            + "\\b(?! (?:room|hall|invitation|party|trip|menu))"),
            cue(
                    CODING_HELP,
                    2.2,
                    "\\b(?:fix|debug|refactor|optimi[sz]e|review|convert|port|migrate|test|mock|deploy|lint|compile"
                            + "|parse|unit[- ]test|vectori[sz]e|paralleli[sz]e|rewrite|clean up|simplify|speed up)\\b(?: \\S+){0,5}? "
                            + CODE_THING + "\\b"),
            cue(
                    CODING_HELP,
                    1.8,
                    "\\b(?:my|this|the|our) (?:\\S+ ){0,2}?" + CODE_THING + " (?:(?:does|is|do|are|has|keeps?"
                            + "|still|just|only|always|sometimes)(?:n't| not)? ?)*(?:work|fail|throw|crash|return|broken|hang|slow|stuck"
                            + "|time|compil|render|leak|loop|giv|complain)"),
            cue(
                    CODING_HELP,
                    1.5,
                    "\\b(?:compile[rsd]?|compilation|syntax error|type ?error|runtime error|exception|debugger"
                            + "|breakpoint|stack overflow|memory leak|race condition|deadlock|mutex|async|await|promise|callback|goroutine"
                            + "|pointer|dependency injection|orm|foreign key|left join|inner join|subquery|dataframe|virtualenv|localhost"
                            + "|cors|oauth|jwt|repo|repository|codebase|ci/cd|rebase|cherry-pick|stdin|stdout|environment variable"
                            + "|null check|off-by-one|linter|type hints?|unit tests?|refactor\\w*|boilerplate|flexbox|div|usestate"
                            + "|useeffect|http (?:request|status|client)|status code|rest api|index out of (?:range|bounds))\\b"),
            cue(
                    REASONING_MATH,
                    2.5,
                    "\\d ?(?:[-+*/^×÷]|mod|times|plus|minus|divided by|multiplied by) ?\\(?-?\\d|\\d ?% of\\b"
                            + "|\\bpercent of \\d|\\b[a-z0-9]?\\^\\d|\\b\\d*[xyn] ?[-+=] ?\\d|√|∫|∑|\\bsqrt\\b|\\bf\\(x\\)|\\d!"),
            cue(
                    REASONING_MATH,
                    2.2,
                    "\\b(?:solve|calculate|compute|integrate|differentiate|factori[sz]e|evaluate|simplify|prove"
                            + "|disprove|derive|estimate|maximi[sz]e|minimi[sz]e)\\b(?! (?:to me|you|it's|that you))"),
            cue(
                    REASONING_MATH,
                    2,
                    "\\b(?:equations?|derivative|integral|probabilit(?:y|ies)|odds|percentage|standard deviation"
                            + "|variance|median|matrix|matrices|determinant|eigenvalues?|polynomial|prime numbers?|is \\d+ prime|factorial"
                            + "|logarithm|log base|theorem|lemma|induction|triangle|perimeter|circumference|hypotenuse|radius|volume of"
                            + "|area of|surface area|compound interest|interest rate|permutations?|combinations?|how many ways"
                            + "|time complexity|space complexity|big[- ]o|amortized|recurrence relation|riddle|logic puzzle|brain ?teaser"
                            + "|syllogism|truth table|knights and knaves|expected value|bayes|dice|die rolls?|fair coin|coin (?:flips?"
                            + "|toss(?:es)?)|deck of cards|modulo|remainder|divisible|arithmetic|geometric series|sum of|product of"
                            + "|square root|cube root|quadratic|convert \\d|binary of|in binary|hexadecimal|np-hard|pigeonhole"
                            + "|next (?:number|term) in|sequence)\\b"),
            cue(
                    REASONING_MATH,
                    1.7,
                    "\\bif\\b.*\\d.*\\b(?:how (?:many|much|long|far|fast|old|tall)|what(?:'s| is)|when|who)\\b"
                            + "|\\d.*\\bhow (?:many|much|long|far|fast|old)\\b|\\bhow (?:many|much|long|far|fast|old)\\b.*\\d"
                            + "|\\bif (?:all|some|no|every|only)\\b.*\\b(?:are|is|then|does|can)\\b.*\\?|\\bstep by step\\b"),
            cue(REASONING_MATH, 1.2, "\\b(?:\\d[\\d.,]*\\D+){4,}"),
            cue(
                    SOCIAL_CHAT,
                    3,
                    "^(?:(?:hi+|hey+|hello+|hiya|yo|sup|howdy|greetings|good (?:morning|afternoon|evening|night|day)"
                            + "|morning|evening|what's up|wass?up|hallo|hola|bonjour|salut|guten (?:morgen|tag|abend)|moin|buenos d[ií]as"
                            + "|ciao|buenas)[ ,!.]*(?:there|everyone|all|again|friend|buddy|mate|bot|you|folks|team|dear|my friend"
                            + "|assistant)?[ ,!.:)😀-🙏]*)+$"),
            cue(
                    SOCIAL_CHAT,
                    3,
                    "^(?:(?:ok(?:ay)?|great|perfect|awesome|oh|ah|wow|cool|nice|alright|yes|well|many|so much|lol)?[ ,!.]*"
                            + "(?:thanks?|thank you|thx|ty|tysm|cheers|much appreciated|appreciate it|danke(?: sch[oö]n)?|vielen dank"
                            + "|merci(?: beaucoup)?|(?:muchas )?gracias|you'?re the best|you rock|bye|goodbye|see (?:you|ya)|good ?night"
                            + "|take care|ttyl|cya|later|tsch[uü]ss|adios|au revoir|ciao)\\b[^?]{0,60})$"),
            cue(
                    SOCIAL_CHAT,
                    2.5,
                    "^(?:(?:l+o+l+|haha+|ha ha|hehe+|lmao|rofl|omg|wow+|nice+|cool|awesome|amazing|great|sweet|yay+"
                            + "|neat|aww+|ugh|phew|whoa|wonderful|fantastic|brilliant|excellent|impressive|well done|good (?:job|one|bot)"
                            + "|nice (?:one|work|job)|that's (?:so )?(?:funny|hilarious|great|cool|awesome|amazing|sweet|nice|lovely)"
                            + "|ok|okay|so|very|really|right|true|fair enough|sounds good|got it|makes sense|one|job|dude|man"
                            + "|super|genial|toll|cool cool)[ ,!.?😀-🙏)(:;]*)+$"),
            cue(
                    SOCIAL_CHAT,
                    2.5,
                    "\\bhow(?:'s| is| are| r| have)? (?:you|u|ya|it going|things|life|your (?:day|weekend|week|morning"
                            + "|night)|you been)\\b|\\bhow was your\\b|\\bwhat(?:'s| is| are) (?:up|you up to|new with you|your (?:name"
                            + "|favou?rite))|\\bhow do you feel\\b|\\bdo you (?:like|love|dream|sleep|have feelings|get bored|ever|enjoy)\\b"
                            + "|\\bare you (?:a (?:robot|human|bot|real)|human|real|sentient|alive|happy|okay|single|tired|bored)\\b"
                            + "|\\bnice to meet you|\\btell me (?:a|another|your (?:best|favou?rite)) joke|\\bmake me (?:laugh|smile)"
                            + "|\\bknock knock|\\bi love you|\\bi missed you|\\blet's (?:just )?(?:chat|talk)|\\bcan we (?:just )?(?:chat|talk)"
                            + "|\\bi'm (?:just )?bored\\b|\\bwie geht|\\b[cç]a va\\b|\\bc[oó]mo est[aá]s|\\bque tal"),
            cue(
                    SOCIAL_CHAT,
                    1.8,
                    "\\bi(?:'m| am| feel| am feeling|'m feeling)(?: \\S+){0,2}? (?:sad|tired|happy|lonely|stressed"
                            + "|anxious|excited|nervous|down|exhausted|depressed|proud|overwhelmed|heartbroken|grateful|so done|in love"
                            + "|homesick|burned out|burnt out)\\b|\\b(?:had|having) (?:a|the) (?:\\S+ )?(?:rough|bad|great|terrible|awful"
                            + "|long|good|worst|best|lovely|amazing) (?:day|week|night|morning|weekend|time)|\\bwish me luck|\\bguess what"
                            + "|\\bi got (?:the job|engaged|promoted|accepted|a (?:puppy|kitten|dog|cat))|\\bhappy (?:birthday|new year"
                            + "|friday|holidays)|\\bmerry christmas|\\bcongrat(?:s|ulations)"),
            cue(
                    SOCIAL_CHAT,
                    0.6,
                    "^(?:hi|hey|hello|thanks|thank you|lol|haha|good (?:morning|evening))\\b|😂|🤣|😊|❤|🙏|👋|👍|:\\)|:d\\b"),
            cue(
                    EDITING_WRITING,
                    3,
                    "\\b(?:rephrase|paraphrase|proof-?read|reword|copy-?edit|translate|transliterate|[uü]bersetze?"
                            + "|traduis|traduce|traduire|traducir|umschreiben|formuliere)\\b"),
            cue(
                    EDITING_WRITING,
                    2.4,
                    "\\b(?:rewrite|edit|polish|shorten|condense|tighten|expand|correct|improve|revise|summari[sz]e"
                            + "|sum up|tl;?dr|simplify|reformat|spell-?check|fix|check|finish|continue)\\b(?: \\S+){0,4}? (?:this|these"
                            + "|following|below|grammar|spelling|punctuation|typos?|wording|tone|text|sentences?|paragraphs?|draft|essay"
                            + "|e-?mail|letter|article|story|poem|speech|bullet points|abstract|message|passage|into)\\b"),
            cue(
                    EDITING_WRITING,
                    2.4,
                    "\\b(?:make|keep|turn)\\b(?: \\S+){1,6}? (?:more |less |sound |a bit |a little |much )*(?:formal"
                            + "|informal|casual|concise|shorter|longer|friendlier|friendly|polite|professional|persuasive|engaging|punchy"
                            + "|punchier|funnier|warmer|catchier|readable|natural|academic|diplomatic|confident|enthusiastic|poetic"
                            + "|assertive|apologetic)\\b"),
            cue(
                    EDITING_WRITING,
                    2.6,
                    "\\b(?:write|draft|compose|pen|craft|create|generate|come up with|give me|help me (?:with|write)"
                            + "|need|brainstorm|schreibe?|verfasse|[eé]cris|r[eé]dige|escribe|redacta)\\b(?: \\S+){0,6}? "
                            + PROSE_THING
                            + "\\b(?! (?:function|class|script|generator|parser|validator|endpoint|api))"),
            cue(
                    EDITING_WRITING,
                    1.2,
                    "\\b(?:in (?:a|the) (?:style|voice|tone) of|in \\d+ words|under \\d+ words|grammar|rhym(?:e|es|ing)"
                            + "|word choice|synonyms? for|another word for|(?:formal|casual|friendly|professional|polite) (?:tone|version)"
                            + "|to (?:spanish|french|german|english|italian|portuguese|japanese|chinese|latin|dutch|polish|korean)"
                            + "|into (?:spanish|french|german|english|italian|portuguese|japanese|chinese|latin|dutch|polish|korean))\\b"),
            cue(
                    QA_RETRIEVAL,
                    1.3,
                    "(?:^|[,.!?:;] ?|\\band |\\bso |\\bbut )(?:what|what's|whats|who|who's|whom|whose|when|where|which"
                            + "|why|how|how's|is|are|was|were|does|do|did|can|could|should|will|has|have)\\b|^(?:was|wer|wann|wo|warum|wie"
                            + "|welche\\w*|que|qui|quand|o[uù]|pourquoi|comment|quel\\w*|qu[eé]|qui[eé]n|cu[aá]ndo|d[oó]nde|por qu[eé]"
                            + "|c[oó]mo|cu[aá]l\\w*)\\b"),
            cue(
                    QA_RETRIEVAL,
                    1.8,
                    "\\b(?:explain|define|describe|tell me (?:more )?about|what (?:is|are|was|were|does|do|did|'s)"
                            + "|who (?:is|was|are|were|won|wrote|invented|discovered|founded|said)|difference between|meaning of|mean(?:s|ing)?"
                            + "|how (?:does|do|did|is|are|was|can|to)|when (?:did|was|is|does|will)|where (?:is|are|was|can|did)"
                            + "|why (?:is|are|do|does|did|was|were)|recommend\\w*|suggest\\w*|pros and cons|advantages|compare|comparison"
                            + "|versus|vs\\.?|history of|overview of|symptoms|side effects|capital of|population of|examples? of"
                            + "|erkl[aä]re?|expliqu\\w*|explica\\w*|look up|find (?:me|out)|search for|give me (?:information|info|facts|an overview))\\b"),
            cue(
                    QA_RETRIEVAL,
                    1.5,
                    "\\b(?:latest|news|today|tonight|this (?:week|month|year)|right now|currently|current|recent(?:ly)?"
                            + "|yesterday|tomorrow|weather|forecast|price of|stock price|exchange rate|election|score of|schedule of"
                            + "|opening hours|release date|20[12]\\d)\\b"),
            cue(
                    QA_RETRIEVAL,
                    2.2,
                    "\\b(?:what|which|who|where|when|how)\\b.{0,40}\\b(?:did|have|had|were|was) (?:i|we|you)\\b.{0,60}"
                            + "(?:\\bsa(?:y|id)|\\bmention\\w*|\\btell|\\btold|\\btalk\\w*|\\bdiscuss\\w*|\\bwork\\w*|\\bdecid\\w*|\\bagree\\w*"
                            + "|\\brecommend\\w*|\\bsuggest\\w*|\\bcall\\w*|\\bearlier|\\bbefore|\\bagain|\\blast)|\\bremind me\\b"
                            + "|\\brecap\\b|\\bwhere (?:were|did) we\\b|\\bwhat was (?:the|that|my)\\b.*\\b(?:again|earlier|before|mentioned)\\b"),
            cue(QA_RETRIEVAL, 0.5, "\\?\\s*$"));

    private static IntentCue cue(Intent intent, double weight, String regex) {
        return new IntentCue(intent, weight, Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS));
    }
}
