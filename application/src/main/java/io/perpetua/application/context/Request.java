package io.perpetua.application.context;

import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.facts.BearingFacts;
import io.perpetua.application.facts.BearingFacts.Bearing;
import io.perpetua.application.memory.Anchors;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.AnchorShare;
import io.perpetua.domain.context.FactShare;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.memory.KeptAnchors.Standing;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.mode.ModePolicy.Reach;
import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.List;
import java.util.Map;

/** What is known of a request before anything is chosen. */
final class Request {

    final Dialogue dialogue;
    final List<Message> instructions;
    final MemoryOptions options;
    final int window;
    final BudgetPolicy budget;
    final int systemTokens;
    final int freshTokens;
    final long pastTokens;
    final List<Anchor> anchors;
    final Mode mode;

    private final Sources sources;

    /** What requests are read with. */
    record Sources(
            Conversations conversations,
            Anchors anchors,
            BearingFacts facts,
            Layout layout,
            TokenCounter counter,
            ModePolicy modes,
            BudgetPolicy budgets) {}

    /**
     * Reads what a dialogue's past says about it.
     *
     * @param tools tokens of what a provider adds to the instructions
     * @param window most tokens that the model takes, prompt and completion together
     */
    Request(
            Sources sources,
            Dialogue dialogue,
            List<Message> instructions,
            int tools,
            MemoryOptions options,
            int window) {
        this.sources = sources;
        this.dialogue = dialogue;
        this.instructions = instructions;
        this.options = options;
        this.window = window;
        budget = options.tokenBudget() == null
                ? sources.budgets()
                : sources.budgets().scaledTo(options.tokenBudget());
        systemTokens = sources.layout().cost(instructions) + tools;
        freshTokens = sources.layout().cost(dialogue.fresh());
        pastTokens = tokensOfThePast();
        anchors = anchorsOfThePast();
        mode = options.mode() != null ? options.mode() : automaticMode();
    }

    private long tokensOfThePast() {
        Conversation past = dialogue.past();
        if (past == null) {
            return 0;
        }
        return dialogue.turns() == past.turns()
                ? past.tokens()
                : sources.conversations().tokens(past.key(), dialogue.turns());
    }

    /** What holds at the end of the past, the oldest first: what was said or pinned after it belongs to another path. */
    private List<Anchor> anchorsOfThePast() {
        if (dialogue.past() == null) {
            return List.of();
        }
        var all = dialogue.anchors(sources.anchors());
        boolean branchesOff = !dialogue.past().key().equals(dialogue.key());
        return KeptAnchors.standing(branchesOff ? KeptAnchors.shared(all, dialogue.turns()) : all, dialogue.turns())
                .stream()
                .map(Standing::anchor)
                .toList();
    }

    /** The mode by the conversation's tokens, or a stricter one where the whole would not fit. */
    private Mode automaticMode() {
        Conversation past = dialogue.past();
        Mode byTokens = sources.modes().choose(pastTokens, past == null ? Mode.FULL : past.mode());
        return byTokens == Mode.FULL && past != null && !budget.fits(wholeTokens(), window) ? Mode.BALANCED : byTokens;
    }

    /** The anchors that fit into {@code share} tokens. */
    List<Anchor> anchorsWithin(int share) {
        return AnchorShare.fit(anchors, sources.layout().textWithin(share), sources.counter());
    }

    /** The facts that bear on what is asked. */
    Bearing bearing(OpenExchange open) {
        Conversation past = dialogue.past();
        String user = past == null ? dialogue.user() : past.user();
        return open.messages().isEmpty() ? Bearing.NONE : sources.facts().on(dialogue.key(), user, open.question());
    }

    /** Those of them that fit into {@code share} tokens. */
    List<Fact> factsWithin(Bearing bearing, int share) {
        return FactShare.fit(bearing.facts(), sources.layout().textWithin(share), sources.counter());
    }

    /** The anchors that a whole conversation does not hold by itself: a detected one is there in its own words. */
    List<Anchor> pinned() {
        return anchors.stream()
                .filter(anchor -> anchor.origin() == Origin.PINNED)
                .toList();
    }

    List<Anchor> pinnedWithin(int share) {
        return AnchorShare.fit(pinned(), sources.layout().textWithin(share), sources.counter());
    }

    long wholeTokens() {
        return systemTokens
                + sources.layout().cost(Sections.anchors(pinnedWithin(budget.anchors())))
                + pastTokens
                + freshTokens;
    }

    long fullTokens() {
        return systemTokens + pastTokens + freshTokens + MessageTokens.REPLY_PRIMING;
    }

    /** The account of a context whose parts cost that much. */
    TokenReport report(Map<Part, Integer> parts) {
        int sent = parts.values().stream().mapToInt(Integer::intValue).sum() + MessageTokens.REPLY_PRIMING;
        return new TokenReport(fullTokens(), sent, budget.total(), parts);
    }

    Reach reach() {
        Reach usual = sources.modes().reach(mode);
        return new Reach(
                options.recentTurns() == null ? usual.recentTurns() : options.recentTurns(),
                options.recalled() == null ? usual.recalled() : options.recalled());
    }

    /** Most tokens of text that the recalled part has before anything flows to it. */
    int recalledText() {
        return sources.layout().textWithin(budget.recalled());
    }

    /** Most tokens that regions of documents have: as much of the recalled part's cap as recall leaves by itself. */
    int documents() {
        return budget.recalled() - budget.worthRecalling();
    }

    /** What is left where so many tokens are sent. */
    int roomBeside(long tokens) {
        return (int) Math.max(0, Math.min(budget.total(), window) - budget.completion() - tokens);
    }

    List<Turn> turns(int first, int last) {
        return dialogue.turns(sources.conversations(), first, last);
    }

    List<Turn> turns(List<TurnRange> ranges) {
        return dialogue.past() == null || ranges.isEmpty()
                ? List.of()
                : sources.conversations().turns(dialogue.past().key(), ranges);
    }

    /** The conversation's end: at least as many turns as may be recent, and the whole of the exchange that is open. */
    List<Turn> tail(int recentTurns) {
        int past = dialogue.turns();
        long length = 2L * recentTurns + 2;
        while (true) {
            int first = (int) Math.max(1, past - length + 1);
            var tail = turns(first, past);
            if (first == 1 || !OpenExchange.of(tail, dialogue.fresh()).reachesBeyond(tail)) {
                return tail;
            }
            length *= 2;
        }
    }
}
