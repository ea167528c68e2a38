package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/*
 * Sentence by sentence: a statement of a problem opens an issue, or adds to the one that is open; a statement that it is
 * resolved closes it. What is hypothetical, negated or asked is neither. "It still does not work" adds to what is open.
 */
/**
 * The problem that a user has stated and not yet called resolved: the turn where it was first stated, and the last ones
 * that say more of it. Immutable. English.
 *
 * @param statements numbers of the turns, ascending; empty where nothing is open
 */
public record OpenIssue(List<Integer> statements) implements Digest<OpenIssue> {

    public static final OpenIssue NONE = new OpenIssue(List.of());

    private static final int MOST = 3;

    private static final Pattern HYPOTHETICAL = Pattern.compile(
            "(?i)^(?:if|when|whenever|in case|suppose|what if|what happens|how (?:can|do) I (?:prevent|avoid)|let me know (?:if|when))\\b"
                    + "|\\b(?:if|in case|should) (?:it|this|that|something|anything|there)\\b");

    private static final String NOT =
            "(?:do(?:es)?n't|do(?:es)? not|did(?:n't| not)|wo(?:n't)|will not|can(?:'t|not| not)"
                    + "|could(?:n't| not)|is(?:n't| not)|are(?:n't| not)|was(?:n't| not)|has(?:n't| not)|have(?:n't| not)|never|no longer)";

    private static final Pattern PROBLEM = Pattern.compile("(?i)\\b" + NOT
            + " (?:\\w+ ){0,3}?(?:accept(?:ed|ing)?|appear(?:s|ed|ing)?|arrived?|charge|charging|connect(?:ed|ing)?|deliver(?:ed)?|detect(?:ed)?"
            + "|download(?:ing)?|find|found|fixed|get|load(?:ed|ing)?|log|login|open(?:ed|ing)?|pair|play(?:ing)?|print(?:ing|ed)?|recogni[sz]ed?"
            + "|received?|refunded|respond(?:ing)?|save|saving|send(?:ing)?|show(?:n|ing|s)?|sign|start(?:ed|ing)?|sync(?:ed|ing)?|turn on"
            + "|update|updating|upload(?:ing)?|work(?:ed|ing)?)\\b"
            + "|\\b(?:keeps?|kept|started|constantly|always) (?:on )?(?:crashing|dropping|disconnecting|failing|freezing|restarting|rebooting|beeping"
            + "|blinking|flickering|leaking|overheating|stopping|timing out|showing (?:an? )?error|asking me|logging me out)\\b"
            + "|\\b(?:stopped|quit) (?:working|charging|responding|connecting|printing|syncing|playing)\\b"
            + "|\\b(?:I|we)(?:'m|'re| am| are|'ve| have)?(?: been| still)? (?:having|got|get|getting|have|see|seeing|run into|experiencing) (?:an? |some |this |the |lots of )?"
            + "(?:\\w+ ){0,3}?(?:problems?|issues?|trouble|errors?(?: \\w+)?|difficult(?:y|ies))\\b"
            + "|\\b(?:is|are|was|arrived|came|it's|got)(?: all| completely| badly| now)? (?:broken|cracked|damaged|defective|faulty|dead|bricked|frozen|stuck|missing)\\b"
            + "|\\b(?:charged|billed|debited) (?:me |us )?(?:\\w+ )?(?:twice|double|again|too much|the wrong|for something)\\b|\\b(?:double|over)charged\\b"
            + "|\\blocked out of\\b|\\b(?:wrong|different) (?:item|size|colou?r|model|product|address|amount)\\b"
            + "|\\b(?:crash(?:es|ed)|fail(?:s|ed) (?:to|with|at|every)|freezes|froze|disconnects|overheats|leaks)\\b"
            + "|\\berror (?:code )?[A-Z]?-?\\d+\\b");

    private static final Pattern RESOLVED = Pattern.compile(
            "(?i)\\b(?:that|this|it|which|restarting|resetting|the \\w+)(?: has| have|'s)?"
                    + "(?: just| finally| really| completely)? (?:fixed|solved|resolved|sorted|did the trick|did it\\b(?! again)|cured)"
                    + "|\\b(?:works?|working|is (?:back|fine|ok|okay|good)) (?:now|again|fine|perfectly|like a charm|great|as it should|properly)\\b"
                    + "|\\bthat worked\\b|\\b(?:it|everything|all)(?:'s| is| are)(?: all)? (?:fixed|resolved|solved|sorted|working|good now|fine now)\\b"
                    + "|\\b(?:problem|issue|case|ticket)(?:'s| is| has been| was)? (?:now )?(?:solved|fixed|resolved|gone|closed|sorted)\\b"
                    + "|\\byou (?:can|may) (?:now )?close (?:this|the|my|it)\\b|\\b(?:please )?close (?:this|the|my) (?:ticket|case|issue)\\b"
                    + "|\\bno longer (?:crashes|crashing|happens|happening|drops|freezes|an issue|a problem)\\b"
                    + "|\\b(?:it|package|parcel|order|refund|replacement) (?:has |just |finally )?(?:arrived|came through)(?: today| now|,? thank|[.!]|$)");

    private static final Pattern NOT_RESOLVED =
            Pattern.compile("(?i)(?:\\bnot?\\b|n't\\b|\\bnever\\b|\\bstill\\b|\\bunless\\b|\\buntil\\b|\\bif\\b"
                    + "|\\bonce\\b|\\bbefore\\b|\\bhop(?:e|ing)\\b|\\bhardly\\b)(?! longer\\b)");

    private static final Pattern CLAUSE = Pattern.compile("(?:[,;] |\\s)(?:but|however|yet|although|except)\\b|; ");

    public OpenIssue {
        statements = List.copyOf(statements);
    }

    @Override
    public OpenIssue after(Iterable<Turn> turns) {
        var open = new ArrayList<>(statements);
        for (Turn turn : turns) {
            for (var statement : Statements.in(turn.message())) {
                for (String clause : CLAUSE.split(statement.text(), -1)) {
                    read(clause, turn.number(), open);
                }
            }
        }
        return open.equals(statements) ? this : new OpenIssue(open);
    }

    private static void read(String clause, int turn, List<Integer> open) {
        if (clause.endsWith("?") && HYPOTHETICAL.matcher(clause).find()) {
            return;
        }
        if (RESOLVED.matcher(clause).find() && !NOT_RESOLVED.matcher(clause).find()) {
            open.clear();
        } else if (!HYPOTHETICAL.matcher(clause).find()
                && PROBLEM.matcher(clause).find()
                && !open.contains(turn)) {
            open.add(turn);
            if (open.size() > MOST) {
                open.remove(/* index */ 1);
            }
        }
    }

    @Override
    public int weight() {
        return statements.size();
    }
}
