package io.perpetua.application.context;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.brief.Briefs;
import io.perpetua.application.chat.MemoryOptions;
import io.perpetua.application.conversation.Conversations;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.facts.BearingFacts;
import io.perpetua.application.facts.BearingFacts.Bearing;
import io.perpetua.application.memory.Anchors;
import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.vision.QuoteDocuments;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.budget.BudgetPolicy;
import io.perpetua.domain.budget.BudgetPolicy.Allotment.Shares;
import io.perpetua.domain.budget.BudgetPolicy.Allotment.TooLarge;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.tokens.MessageTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/*
 * A context, from what changes least to what changes most:
 *
 *   client's instructions + anchors + brief │ recent turns │ facts + recalled turns + the open exchange
 *
 * The brief covers the conversation up to some turn, the recent turns go on from there, and recall looks among all
 * turns before the recent ones. What the client says now is the open exchange: the user's message and, when tools are
 * at work, the calls and reports after it, some of which may be stored already. It is sent whole, whatever it costs.
 */
/** Use case: make the messages that a model is sent for one request. Reads only. Safe for concurrent use. */
public final class AssembleContext {

    private final Request.Sources sources;
    private final Briefs briefs;
    private final RecallTurns recall;
    private final Layout layout;
    private final Strategies strategies;
    private final QuoteDocuments documents;
    private final ContextListener listener;
    private final LongSupplier nanos;

    /**
     * Makes contexts of what the given stores hold.
     *
     * @param documents finds what in a client's documents bears on a message
     * @param tokens counts by the encoding that the ledger is kept in
     * @param nanos a clock for durations, such as {@code System::nanoTime}
     */
    public AssembleContext(
            Conversations conversations,
            Anchors anchors,
            Briefs briefs,
            BearingFacts facts,
            RecallTurns recall,
            QuoteDocuments documents,
            MessageWriter writer,
            MessageTokens tokens,
            ModePolicy modes,
            BudgetPolicy budgets,
            ContextListener listener,
            LongSupplier nanos) {
        this.briefs = briefs;
        this.recall = recall;
        this.documents = documents;
        this.listener = listener;
        this.nanos = nanos;
        layout = new Layout(writer, tokens);
        sources = new Request.Sources(conversations, anchors, facts, layout, tokens.counter(), modes, budgets);
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
            long retrievalMs) {

        /** The same with other messages, as when a model's calls and what came of them follow. */
        public Assembled with(List<Message> others) {
            return new Assembled(others, mode, useRetrieval, tokens, anchors, dropped, degraded, retrievalMs);
        }
    }

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
        long start = nanos.getAsLong();
        var request = new Request(sources, dialogue, instructions, tools, options, window);
        var assembled = request.mode == Mode.FULL ? whole(request) : part(request);
        listener.assembled(Duration.ofNanos(nanos.getAsLong() - start));
        return assembled;
    }

    private Assembled whole(Request request) {
        long needed = request.wholeTokens() + MessageTokens.REPLY_PRIMING;
        if (needed >= request.window) {
            throw tooLarge(needed, request.window);
        }
        var kept = request.pinnedWithin(request.budget.anchors());
        String anchored = Sections.anchors(kept);
        var messages = new ArrayList<Message>(layout.instructed(request.instructions, anchored));
        var past = request.turns(1, request.dialogue.turns());
        var open = OpenExchange.of(past, request.dialogue.fresh());
        past.subList(0, past.size() - open.stored().size()).forEach(turn -> messages.add(turn.message()));
        var bearing = open.asked() == null ? Bearing.NONE : request.bearing(open);
        int room = Math.min(request.budget.anchors() - layout.cost(anchored), request.roomBeside(needed));
        var facts = request.factsWithin(bearing, room);
        String known = Sections.facts(facts);
        var quotes = documents.find(request.dialogue.key(), request.options.documents(), open.question());
        var quoted = quotes.within(
                layout.textWithin(Math.min(request.documents(), request.roomBeside(needed + layout.cost(known)))));
        messages.addAll(layout.recalling(open, Layout.joined(quoted.section(), known)));
        var parts = Layout.parts(
                request.systemTokens,
                layout.cost(anchored),
                layout.cost(known),
                0,
                past.stream().mapToInt(Turn::tokens).sum(),
                0,
                request.freshTokens);
        parts.put(Part.DOCUMENTS, layout.cost(quoted.section()));
        var dropped = new ArrayList<Dropped>(Layout.leftOut(request.pinned(), kept));
        dropped.addAll(Layout.unsent(bearing.facts(), facts));
        dropped.addAll(Layout.leftOut(quoted));
        var missing = new ArrayList<String>(quotes.degraded());
        if (bearing.degraded()) {
            missing.add(BearingFacts.MISSING);
        }
        return new Assembled(
                messages, Mode.FULL, false, request.report(parts), kept, dropped, missing, quotes.latencyMs());
    }

    private Assembled part(Request request) {
        Brief brief = request.dialogue.brief(briefs);
        var draft = new Draft(request, brief, recall, documents, strategies, sources);
        return switch (request.budget.allot(draft.demand(), request.mode, request.window)) {
            case TooLarge(var needed, var limit) -> throw tooLarge(needed, limit);
            case Shares shares -> draft.within(shares);
        };
    }

    private static RequestRefused tooLarge(long needed, int window) {
        return new RequestRefused(
                Reason.INVALID,
                RequestRefused.CONTEXT_TOO_LONG,
                "messages",
                "the request needs " + needed + " tokens, the model's context window holds " + window
                        + "; nothing was cut and nothing was sent");
    }
}
