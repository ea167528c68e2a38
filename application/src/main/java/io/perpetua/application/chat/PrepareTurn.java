package io.perpetua.application.chat;

import io.perpetua.application.Availability;
import io.perpetua.application.RequestRefused;
import io.perpetua.application.context.AssembleContext;
import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.IdentifyConversation;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.application.conversation.StoreTurns.Dated;
import io.perpetua.application.memory.IndexTurns;
import io.perpetua.application.routing.Route;
import io.perpetua.application.routing.RouteTurn;
import io.perpetua.application.routing.RouteTurn.Question;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.TokenReport;
import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.mode.Mode;
import io.perpetua.domain.mode.ModePolicy;
import io.perpetua.domain.tokens.MessageTokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Use case: everything about a turn up to asking for its answer: who is to answer, which conversation it belongs to,
 * what the model is sent. A history that is not known yet is stored up to the exchange that is still open: it has
 * happened, whatever becomes of this request. Safe for concurrent use.
 */
public final class PrepareTurn {

    /**
     * How long the vectors of a history are waited for that comes all at once and is too long to be sent whole. By its
     * words it is recalled at any rate.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RouteTurn routes;
    private final Questions questions;
    private final IdentifyConversation identify;
    private final StoreTurns store;
    private final IndexTurns index;
    private final AssembleContext assemble;
    private final MessageTokens tokens;
    private final ModePolicy modes;
    private final InstantSource clock;
    private final Availability stores;

    /**
     * Prepares turns by what is given.
     *
     * @param stores tells what turns have to do without
     */
    public PrepareTurn(
            RouteTurn routes,
            Questions questions,
            IdentifyConversation identify,
            StoreTurns store,
            IndexTurns index,
            AssembleContext assemble,
            MessageTokens tokens,
            ModePolicy modes,
            InstantSource clock,
            Availability stores) {
        this.routes = routes;
        this.questions = questions;
        this.identify = identify;
        this.store = store;
        this.index = index;
        this.assemble = assemble;
        this.tokens = tokens;
        this.modes = modes;
        this.clock = clock;
        this.stores = stores;
    }

    /**
     * Prepares a turn.
     *
     * @throws RequestRefused when there is no such model, or the request does not fit it
     */
    PreparedTurn prepare(ChatRequest request) {
        var watch = stores.watch();
        var instructions = request.messages().stream()
                .filter(each -> each.role().instructs())
                .toList();
        var said = request.messages().stream()
                .filter(each -> !each.role().instructs())
                .toList();
        int tools = request.describesTools() ? tokens.counter().count(request.parameters()) : 0;
        if (!request.memory().enabled() || said.isEmpty()) {
            ToolMessages.check(request.messages(), 0, Set.of());
            var route = route(request, questions.of(said, null));
            var context = asSent(request, instructions, tools);
            return new PreparedTurn(request, route.fitting(context.tokens().sent()), null, context, watch);
        }
        var found = identify.identify(request.scope(), request.sender().user(), request.conversationId(), said);
        ToolMessages.check(
                request.messages(),
                said.size() - found.fresh().size(),
                said.getFirst().role() == Role.TOOL ? questions.callsBefore(found) : Set.of());
        var route = route(request, questions.of(said, found));
        var dialogue = remembered(found);
        var context =
                assembled(route, window -> assemble.assemble(dialogue, instructions, tools, request.memory(), window));
        return new PreparedTurn(request, route.fitting(context.tokens().sent()), dialogue, context, watch);
    }

    private Route route(ChatRequest request, Question question) {
        return routes.route(request.model(), question)
                .permitted(request.sender().caller().access());
    }

    /** The context for the window of the route's first or, where that is too small, for the largest. */
    private static Assembled assembled(Route route, IntFunction<Assembled> assembly) {
        int first = route.first().model().contextWindow();
        try {
            return assembly.apply(first);
        } catch (RequestRefused refused) {
            if (route.largestWindow() > first && refused.code().equals(RequestRefused.CONTEXT_TOO_LONG)) {
                return assembly.apply(route.largestWindow());
            }
            throw refused;
        }
    }

    /** The dialogue with all of its past stored: what comes before the open exchange in an unknown history. */
    private Dialogue remembered(Dialogue dialogue) {
        int open = Exchanges.lastStart(dialogue.fresh());
        if (open == 0) {
            return dialogue;
        }
        var now = clock.instant();
        var past = dialogue.fresh().subList(0, open).stream()
                .map(message -> new Dated(message, now))
                .toList();
        var stored = store.store(dialogue, past, null).conversation();
        boolean indexed = index.catchUpInTime(); // where it is not, recall says what is missing
        if (indexed && stored.tokens() >= modes.balancedFrom()) {
            index.awaitVectors(stored, PATIENCE);
        }
        return new Dialogue(
                stored.key(),
                dialogue.named() && stored.key().equals(dialogue.key()),
                dialogue.user(),
                stored,
                stored.turns(),
                dialogue.fresh().subList(open, dialogue.fresh().size()));
    }

    private Assembled asSent(ChatRequest request, List<Message> instructions, int tools) {
        int all = cost(request.messages()) + tools;
        int system = cost(instructions) + tools;
        var parts = Map.of(
                Part.SYSTEM, system,
                Part.ANCHORS, 0,
                Part.FACTS, 0,
                Part.BRIEF, 0,
                Part.RECENT, 0,
                Part.RETRIEVED, 0,
                Part.MESSAGE, all - system);
        int sent = all + MessageTokens.REPLY_PRIMING;
        return new Assembled(
                request.messages(),
                Mode.FULL,
                false,
                new TokenReport(sent, sent, sent, parts),
                List.of(),
                List.of(),
                List.of(),
                0);
    }

    private int cost(List<Message> messages) {
        return messages.stream().mapToInt(tokens::of).sum();
    }
}
