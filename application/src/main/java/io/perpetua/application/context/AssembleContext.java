package io.perpetua.application.context;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.memory.RecallTurns.Recollection;
import io.perpetua.application.memory.RecallTurns.Search;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.budget.BudgetPolicy.Allotment.Shares;
import io.perpetua.domain.budget.BudgetPolicy.Allotment.TooLarge;
import io.perpetua.domain.budget.BudgetPolicy.Demand;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.AnchorShare;
import io.perpetua.domain.context.Dropped;
import io.perpetua.domain.context.RecentTurns;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.conversation.TurnRange;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Selection.Limits;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.mode.ModePolicy.Reach;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A context, from what changes least to what changes most:
 *
 *   client's instructions + anchors + brief │ recent turns │ recalled turns + the open exchange
 *
 * The brief covers the conversation up to some turn, the recent turns go on from there, and recall looks among all
 * turns before the recent ones. What the client says now is the open exchange: the user's message and, when tools are
 * at work, the calls and reports after it, some of which may be stored already. It is sent whole, whatever it costs.
 */
/** Use case: make the messages that a model is sent for one request. Reads only. Safe for concurrent use. */
public final class AssembleContext {

    private final Conversations conversations;
    private final Anchors anchors;
    private final Briefs briefs;
    private final RecallTurns recall;
    private final MessageWriter writer;
    private final MessageTokens tokens;
    private final ModePolicy modes;
    private final BudgetPolicy budgets;

    /**
     * Makes contexts of what the given stores hold.
     *
     * @param tokens counts by the encoding that the ledger is kept in
     */
    public AssembleContext(
            Conversations conversations,
            Anchors anchors,
            Briefs briefs,
            RecallTurns recall,
            MessageWriter writer,
            MessageTokens tokens,
            ModePolicy modes,
            BudgetPolicy budgets) {
        this.conversations = conversations;
        this.anchors = anchors;
        this.briefs = briefs;
        this.recall = recall;
        this.writer = writer;
        this.tokens = tokens;
        this.modes = modes;
        this.budgets = budgets;
    }

    /**
     * What a model is sent, and the account of it.
     *
     * @param messages each with its wire JSON
     * @param useRetrieval whether older turns were looked for
     * @param degraded what was missing
     * @param retrievalMs how long the looking took
     */
    public record Assembled(
            List<Message> messages,
            Mode mode,
            boolean useRetrieval,
            TokenReport tokens,
            List<Dropped> dropped,
            List<String> degraded,
            long retrievalMs) {}

    /**
     * The context for a request.
     *
     * @param instructions the client's system messages, in order
     * @param window most tokens that the model takes, prompt and completion together
     * @throws RequestRefused when what must be sent does not fit the model's window
     */
    public Assembled assemble(Dialogue dialogue, List<Message> instructions, MemoryOptions options, int window) {
        var request = new Request(dialogue, instructions, options, window);
        return request.mode == Mode.FULL ? whole(request) : part(request);
    }

    /** What is known of a request before anything is chosen. */
    private final class Request {

        final Dialogue dialogue;
        final List<Message> instructions;
        final MemoryOptions options;
        final int window;
        final BudgetPolicy budget;
        final int systemTokens;
        final int freshTokens;
        final long pastTokens;
        final List<Anchor> anchored;
        final Mode mode;

        Request(Dialogue dialogue, List<Message> instructions, MemoryOptions options, int window) {
            this.dialogue = dialogue;
            this.instructions = instructions;
            this.options = options;
            this.window = window;
            budget = options.tokenBudget() == null ? budgets : budgets.scaledTo(options.tokenBudget());
            systemTokens = cost(instructions);
            freshTokens = cost(dialogue.fresh());
            pastTokens = tokensOf(dialogue);
            anchored = dialogue.past() == null
                    ? List.of()
                    : AnchorShare.fit(anchors.of(dialogue.past().key()), budget.anchors(), tokens.counter());
            mode = options.mode() != null ? options.mode() : automaticMode();
        }

        /** The mode by the conversation's tokens, or a stricter one where the whole would not fit. */
        private Mode automaticMode() {
            Conversation past = dialogue.past();
            Mode byTokens = modes.choose(pastTokens, past == null ? Mode.FULL : past.mode());
            return byTokens == Mode.FULL && past != null && !budget.fits(wholeTokens(), window)
                    ? Mode.BALANCED
                    : byTokens;
        }

        long wholeTokens() {
            return systemTokens + count(Sections.anchors(anchored)) + pastTokens + freshTokens;
        }

        long fullTokens() {
            return systemTokens + pastTokens + freshTokens + MessageTokens.REPLY_PRIMING;
        }

        Reach reach() {
            Reach usual = modes.reach(mode);
            return new Reach(
                    options.recentTurns() == null ? usual.recentTurns() : options.recentTurns(),
                    options.recalled() == null ? usual.recalled() : options.recalled());
        }

        List<Turn> turns(int first, int last) {
            return dialogue.past() == null || last < first
                    ? List.of()
                    : conversations.turns(dialogue.past().key(), List.of(new TurnRange(first, last)));
        }
    }

    private Assembled whole(Request request) {
        long needed = request.wholeTokens() + MessageTokens.REPLY_PRIMING;
        if (needed >= request.window) {
            throw tooLarge(needed, request.window);
        }
        var turns = request.turns(1, request.dialogue.turns());
        String anchored = Sections.anchors(request.anchored);
        var messages = new ArrayList<Message>(instructed(request.instructions, anchored));
        turns.forEach(turn -> messages.add(turn.message()));
        messages.addAll(request.dialogue.fresh());
        var parts = parts(request.systemTokens, count(anchored), 0, (int) request.pastTokens, 0, request.freshTokens);
        return new Assembled(messages, Mode.FULL, false, report(request, parts), List.of(), List.of(), 0);
    }

    private Assembled part(Request request) {
        var dropped = new ArrayList<Dropped>();
        var degraded = new ArrayList<String>();
        Reach reach = request.reach();
        int past = request.dialogue.turns();

        var tail = tail(request, reach.recentTurns());
        var open = openExchange(tail, request.dialogue.fresh());
        int closed = past - open.stored().size();
        int messageTokens = cost(open.messages());

        Brief brief = request.dialogue.past() == null
                ? null
                : briefs.find(request.dialogue.past().key());
        if (brief != null && brief.coversThrough() > closed) {
            brief = null;
        }
        String briefed = brief == null ? "" : Sections.brief(brief);
        String anchored = Sections.anchors(request.anchored);

        int covered = brief == null ? 0 : brief.coversThrough();
        var candidates = tail.stream()
                .filter(turn -> turn.number() > covered && turn.number() <= closed)
                .toList();
        var recent = RecentTurns.take(candidates, reach.recentTurns(), Integer.MAX_VALUE);

        Search search = null;
        var recalled = Recollection.NOTHING;
        if (reach.recalled() > 0 && closed > 0) {
            search = recall.search(request.dialogue, question(open.messages()));
            degraded.addAll(search.degraded());
            recalled = search.select(limits(recent, closed, reach, request.budget.total()));
        }

        var demand = new Demand(
                request.systemTokens,
                count(anchored),
                count(briefed),
                recent.tokens(),
                recalled.tokens(),
                messageTokens);
        Shares shares = switch (request.budget.allot(demand, request.mode, request.window)) {
            case TooLarge(var needed, var limit) -> throw tooLarge(needed, limit);
            case Shares granted -> granted;
        };

        var anchorsKept = AnchorShare.fit(request.anchored, shares.anchors(), tokens.counter());
        anchored = Sections.anchors(anchorsKept);
        if (count(briefed) > shares.brief()) {
            dropped.add(new Dropped(Part.BRIEF, List.of(), Dropped.Reason.OVER_BUDGET));
            briefed = "";
        }
        if (recent.tokens() > shares.recent()) {
            recent = RecentTurns.take(recent.turns(), reach.recentTurns(), shares.recent());
            dropped.add(dropped(Part.RECENT, recent.dropped()));
        }
        if (search != null
                && (recalled.tokens() > shares.retrieved() || !recent.dropped().isEmpty())) {
            recalled = search.select(limits(recent, closed, reach, shares.retrieved()));
        }
        dropped.addAll(recalled.dropped());

        var messages = new ArrayList<Message>(instructed(request.instructions, joined(anchored, briefed)));
        recent.turns().forEach(turn -> messages.add(turn.message()));
        messages.addAll(recalling(open.messages(), Sections.recalled(recalled.excerpts())));

        var parts = parts(
                request.systemTokens,
                count(anchored),
                count(briefed),
                recent.tokens(),
                recalled.tokens(),
                messageTokens);
        return new Assembled(
                messages,
                request.mode,
                search != null,
                report(request, parts),
                dropped,
                degraded,
                search == null ? 0 : search.latencyMs());
    }

    /** The conversation's end: at least as many turns as may be recent, and the whole of the exchange that is open. */
    private List<Turn> tail(Request request, int recentTurns) {
        int past = request.dialogue.turns();
        long length = 2L * recentTurns + 2;
        while (true) {
            int first = (int) Math.max(1, past - length + 1);
            var tail = request.turns(first, past);
            if (first == 1 || !openExchange(tail, request.dialogue.fresh()).reachesBeyond(tail)) {
                return tail;
            }
            length *= 2;
        }
    }

    /**
     * The exchange that the request belongs to.
     *
     * @param stored its turns that are stored already
     * @param messages all of it
     */
    private record OpenExchange(List<Turn> stored, List<Message> messages) {

        boolean reachesBeyond(List<Turn> tail) {
            return !tail.isEmpty() && stored.size() == tail.size();
        }
    }

    private static OpenExchange openExchange(List<Turn> tail, List<Message> fresh) {
        var said = new ArrayList<Message>();
        tail.forEach(turn -> said.add(turn.message()));
        said.addAll(fresh);
        int start = Exchanges.lastStart(said);
        var stored = start < tail.size() ? tail.subList(start, tail.size()) : List.<Turn>of();
        return new OpenExchange(stored, List.copyOf(said.subList(start, said.size())));
    }

    /** Recall leaves to the recent part what is in it. */
    private static Limits limits(RecentTurns recent, int closed, Reach reach, int tokens) {
        int before = recent.turns().isEmpty()
                ? closed + 1
                : recent.turns().getFirst().number();
        return new Limits(before, reach.recalled(), RecallTurns.WINDOW, tokens);
    }

    private static String question(List<Message> open) {
        Message asked = lastOf(Role.USER, open);
        return asked == null ? open.getLast().text() : asked.text();
    }

    private static @Nullable Message lastOf(Role role, List<Message> messages) {
        return messages.stream()
                .filter(message -> message.role() == role)
                .reduce((before, after) -> after)
                .orElse(null);
    }

    /** The client's instructions with {@code sections} behind them, in one message where the client sent one. */
    private List<Message> instructed(List<Message> instructions, String sections) {
        if (sections.isEmpty()) {
            return instructions;
        }
        if (instructions.isEmpty()) {
            return List.of(writer.compose(Role.SYSTEM, sections));
        }
        var extended = new ArrayList<>(instructions);
        extended.add(writer.extend(extended.removeLast(), "", sections));
        return extended;
    }

    /** The open exchange with {@code section} in front of what the user says, in the same message: every model takes that. */
    private List<Message> recalling(List<Message> open, String section) {
        Message asked = lastOf(Role.USER, open);
        if (section.isEmpty()) {
            return open;
        }
        var messages = new ArrayList<>(open);
        if (asked == null) {
            messages.addFirst(writer.compose(Role.SYSTEM, section));
        } else {
            messages.set(messages.lastIndexOf(asked), writer.extend(asked, section, ""));
        }
        return messages;
    }

    private long tokensOf(Dialogue dialogue) {
        Conversation past = dialogue.past();
        if (past == null) {
            return 0;
        }
        return dialogue.turns() == past.turns() ? past.tokens() : conversations.tokens(past.key(), dialogue.turns());
    }

    private TokenReport report(Request request, Map<Part, Integer> parts) {
        int sent = parts.values().stream().mapToInt(Integer::intValue).sum() + MessageTokens.REPLY_PRIMING;
        return new TokenReport(request.fullTokens(), sent, request.budget.total(), parts);
    }

    private static Map<Part, Integer> parts(
            int system, int anchors, int brief, int recent, int retrieved, int message) {
        var parts = new EnumMap<Part, Integer>(Part.class);
        parts.put(Part.SYSTEM, system);
        parts.put(Part.ANCHORS, anchors);
        parts.put(Part.BRIEF, brief);
        parts.put(Part.RECENT, recent);
        parts.put(Part.RETRIEVED, retrieved);
        parts.put(Part.MESSAGE, message);
        return parts;
    }

    private static Dropped dropped(Part part, List<Turn> turns) {
        return new Dropped(part, turns.stream().map(Turn::number).toList(), Dropped.Reason.OVER_BUDGET);
    }

    private static RequestRefused tooLarge(long needed, int window) {
        return new RequestRefused(
                Reason.INVALID,
                "context_length_exceeded",
                "messages",
                "the request needs " + needed + " tokens, the model's context window holds " + window
                        + "; nothing was cut and nothing was sent");
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "\n\n" + second;
    }

    private int count(String section) {
        return section.isEmpty() ? 0 : tokens.counter().count(section);
    }

    private int cost(List<Message> messages) {
        return messages.stream().mapToInt(tokens::of).sum();
    }
}
