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
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.context.RecentTurns;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.mode.ModePolicy.Reach;
import io.perpetua.domain.tokens.MessageTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final Dropped BRIEF_LEFT_OUT = new Dropped(Part.BRIEF, List.of(), Dropped.Reason.OVER_BUDGET);

    private final Request.Sources sources;
    private final Briefs briefs;
    private final RecallTurns recall;
    private final Layout layout;
    private final Strategies strategies;

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
        this.briefs = briefs;
        this.recall = recall;
        layout = new Layout(writer, tokens);
        sources = new Request.Sources(conversations, anchors, layout, tokens.counter(), modes, budgets);
        strategies = new Strategies(conversations, tokens.counter());
    }

    /**
     * What a model is sent, and the account of it.
     *
     * @param messages each with its wire JSON
     * @param useRetrieval whether older turns were looked for
     * @param anchors those that are sent as such, the oldest first
     * @param degraded what was missing
     * @param retrievalMs how long the looking took
     */
    public record Assembled(
            List<Message> messages,
            Mode mode,
            boolean useRetrieval,
            TokenReport tokens,
            List<Anchor> anchors,
            List<Dropped> dropped,
            List<String> degraded,
            long retrievalMs) {}

    /**
     * The context for a request.
     *
     * @param instructions the client's system messages, in order
     * @param tools tokens of what a provider adds to the instructions: tools and schemas
     * @param window most tokens that the model takes, prompt and completion together
     * @throws RequestRefused when what must be sent does not fit the model's window
     */
    public Assembled assemble(
            Dialogue dialogue, List<Message> instructions, int tools, MemoryOptions options, int window) {
        var request = new Request(sources, dialogue, instructions, tools, options, window);
        return request.mode == Mode.FULL ? whole(request) : part(request);
    }

    private Assembled whole(Request request) {
        long needed = request.wholeTokens() + MessageTokens.REPLY_PRIMING;
        if (needed >= request.window) {
            throw tooLarge(needed, request.window);
        }
        var kept = request.pinnedWithin(request.budget.anchors());
        String anchored = Sections.anchors(kept);
        var messages = new ArrayList<Message>(layout.instructed(request.instructions, anchored));
        request.turns(1, request.dialogue.turns()).forEach(turn -> messages.add(turn.message()));
        messages.addAll(request.dialogue.fresh());
        var parts = Layout.parts(
                request.systemTokens,
                layout.cost(anchored),
                0,
                Math.toIntExact(request.pastTokens),
                0,
                request.freshTokens);
        return new Assembled(
                messages,
                Mode.FULL,
                false,
                report(request, parts),
                kept,
                leftOut(request.pinned(), kept),
                List.of(),
                0);
    }

    private Assembled part(Request request) {
        List<Dropped> dropped = new ArrayList<>();
        Reach reach = request.reach();
        var tail = request.tail(reach.recentTurns());
        var open = OpenExchange.of(tail, request.dialogue.fresh());
        int closed = request.dialogue.turns() - open.stored().size();
        int messageTokens = layout.cost(open.messages());

        Brief brief = brief(request.dialogue, closed);
        String briefed = brief == null ? "" : Sections.brief(brief);
        if (layout.cost(briefed) > request.budget.brief()) {
            dropped.add(BRIEF_LEFT_OUT);
            brief = null;
            briefed = "";
        }
        String anchored = Sections.anchors(request.anchorsWithin(request.budget.anchors()));
        var uncovered = uncovered(tail, brief == null ? 0 : brief.coversThrough(), closed);
        var recent = RecentTurns.take(uncovered, reach.recentTurns(), Integer.MAX_VALUE);
        Search search = reach.recalled() > 0 && closed > 0 ? recall.search(request.dialogue, open.question()) : null;
        var essentials = closed > 0 ? strategies.essentials(request, open) : Essentials.NONE;
        var recollector = new Recollector(request, search, essentials, sources.counter());
        var recalled = recollector.select(firstOf(recent, closed), layout.textWithin(request.budget.total()));

        var demand = new Demand(
                request.systemTokens,
                layout.cost(anchored),
                layout.cost(briefed),
                recent.tokens(),
                layout.cost(Sections.recalled(recalled.excerpts())),
                messageTokens);
        Shares shares = switch (request.budget.allot(demand, request.mode, request.window)) {
            case TooLarge(var needed, var limit) -> throw tooLarge(needed, limit);
            case Shares granted -> granted;
        };

        var anchors = request.anchorsWithin(shares.anchors());
        anchored = Sections.anchors(anchors);
        dropped.addAll(leftOut(request.anchors, anchors));
        if (layout.cost(briefed) > shares.brief()) {
            dropped.add(BRIEF_LEFT_OUT);
            briefed = "";
        }
        boolean shortened = recent.tokens() > shares.recent();
        if (shortened) {
            recent = RecentTurns.take(recent.turns(), reach.recentTurns(), shares.recent());
            dropped.add(dropped(Part.RECENT, recent.dropped().stream().map(Turn::number)));
        }
        if (shortened || demand.retrieved() > shares.retrieved()) {
            recalled = recollector.select(firstOf(recent, closed), layout.textWithin(shares.retrieved()));
        }
        dropped.addAll(recalled.dropped());
        dropped = withoutShown(dropped, recalled);

        String recollection = Sections.recalled(recalled.excerpts());
        var messages =
                new ArrayList<Message>(layout.instructed(request.instructions, Layout.joined(anchored, briefed)));
        recent.turns().forEach(turn -> messages.add(turn.message()));
        messages.addAll(layout.recalling(open, recollection));
        var parts = Layout.parts(
                request.systemTokens,
                layout.cost(anchored),
                layout.cost(briefed),
                recent.tokens(),
                layout.cost(recollection),
                messageTokens);
        return new Assembled(
                messages,
                request.mode,
                search != null,
                report(request, parts),
                anchors,
                dropped,
                search == null ? List.of() : search.degraded(),
                search == null ? 0 : search.latencyMs());
    }

    /** The brief of a dialogue's past, null where there is none that tells of the {@code closed} turns alone. */
    private @Nullable Brief brief(Dialogue dialogue, int closed) {
        Brief found =
                dialogue.past() == null ? null : briefs.find(dialogue.past().key());
        return found == null || found.coversThrough() > closed ? null : found;
    }

    /** The closed turns of {@code tail} that the brief does not tell, from where an exchange begins. */
    private static List<Turn> uncovered(List<Turn> tail, int covered, int closed) {
        var turns = tail.stream()
                .filter(turn -> turn.number() > covered && turn.number() <= closed)
                .toList();
        boolean torn = !turns.isEmpty() && turns.getFirst().number() > covered + 1;
        return torn ? turns.subList(Exchanges.of(turns).getFirst().size(), turns.size()) : turns;
    }

    /** What was left out of one part and is sent in another was not dropped. */
    private static List<Dropped> withoutShown(List<Dropped> dropped, Recollection recalled) {
        var shown = recalled.excerpts().stream().map(Excerpt::turn).collect(Collectors.toSet());
        var left = new ArrayList<Dropped>();
        for (Dropped each : dropped) {
            var turns =
                    each.turns().stream().filter(turn -> !shown.contains(turn)).toList();
            if (each.turns().isEmpty() || !turns.isEmpty() || !each.anchors().isEmpty()) {
                left.add(new Dropped(each.part(), turns, each.anchors(), each.reason()));
            }
        }
        return left;
    }

    /** The first turn that recall must leave to the recent part. */
    private static int firstOf(RecentTurns recent, int closed) {
        return recent.turns().isEmpty() ? closed + 1 : recent.turns().getFirst().number();
    }

    private static TokenReport report(Request request, Map<Part, Integer> parts) {
        int sent = parts.values().stream().mapToInt(Integer::intValue).sum() + MessageTokens.REPLY_PRIMING;
        return new TokenReport(request.fullTokens(), sent, request.budget.total(), parts);
    }

    /** The report of the anchors that are not among those {@code kept}; empty when all are. */
    private static List<Dropped> leftOut(List<Anchor> anchors, List<Anchor> kept) {
        if (kept.size() == anchors.size()) {
            return List.of();
        }
        var left = anchors.stream().filter(anchor -> !kept.contains(anchor)).toList();
        var turns = left.stream().map(Anchor::turn).filter(turn -> turn > 0);
        return List.of(new Dropped(
                Part.ANCHORS,
                turns.distinct().sorted().toList(),
                left.stream().map(Anchor::id).toList(),
                Dropped.Reason.OVER_BUDGET));
    }

    private static Dropped dropped(Part part, Stream<Integer> turns) {
        return new Dropped(part, turns.toList(), Dropped.Reason.OVER_BUDGET);
    }

    private static RequestRefused tooLarge(long needed, int window) {
        return new RequestRefused(
                Reason.INVALID,
                "context_length_exceeded",
                "messages",
                "the request needs " + needed + " tokens, the model's context window holds " + window
                        + "; nothing was cut and nothing was sent");
    }
}
