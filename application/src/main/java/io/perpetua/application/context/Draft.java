package io.perpetua.application.context;

import io.perpetua.application.context.AssembleContext.Assembled;
import io.perpetua.application.facts.BearingFacts;
import io.perpetua.application.facts.BearingFacts.Bearing;
import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.memory.RecallTurns.Recollection;
import io.perpetua.application.memory.RecallTurns.Search;
import io.perpetua.application.vision.QuoteDocuments;
import io.perpetua.application.vision.QuoteDocuments.Quotes;
import io.perpetua.application.vision.QuoteDocuments.Shown;
import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.budget.BudgetPolicy.Allotment.Shares;
import io.perpetua.domain.budget.BudgetPolicy.Demand;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.context.RecentTurns;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.Exchanges;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.memory.Anchor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * First everything that would be worth sending, each part within its own cap: that is the demand. Then, once the budget
 * has been shared out, what of it the shares allow. A part that is granted all it asked for is not made twice.
 */
/** A context that carries a part of the past, while it is being made. For one request and one thread. */
final class Draft {

    private final Request request;
    private final Layout layout;
    private final OpenExchange open;
    private final int closed;
    private final @Nullable Search search;
    private final Recollector recollector;
    private final Quotes quotes;
    private final List<Dropped> dropped = new ArrayList<>();
    private final Bearing bearing;
    private final Demand demand;
    private List<Anchor> anchors;
    private List<Fact> facts;
    private String briefed;
    private RecentTurns recent;
    private Recollection recalled;
    private Shown quoted;

    /**
     * All that would be worth sending.
     *
     * @param found the brief of the past, null where there is none
     */
    Draft(
            Request request,
            @Nullable Brief found,
            RecallTurns recall,
            QuoteDocuments documents,
            Strategies strategies,
            Request.Sources sources) {
        this.request = request;
        layout = sources.layout();
        int reach = request.reach().recentTurns();
        var tail = request.tail(reach);
        open = OpenExchange.of(tail, request.dialogue.fresh());
        closed = request.dialogue.turns() - open.stored().size();

        Brief brief = found == null || found.coversThrough() > closed ? null : found;
        briefed = brief == null ? "" : Sections.brief(brief);
        if (layout.cost(briefed) > request.budget.brief()) {
            leaveOutBrief();
            brief = null;
        }
        anchors = request.anchorsWithin(request.budget.anchors());
        bearing = request.bearing(open);
        facts = request.factsWithin(bearing, request.budget.anchors() - anchored());
        var uncovered = uncovered(tail, brief == null ? 0 : brief.coversThrough(), closed);
        recent = RecentTurns.take(uncovered, reach, Integer.MAX_VALUE);
        search = request.reach().recalled() > 0 && closed > 0 ? recall.search(request.dialogue, open.question()) : null;
        var essentials = closed > 0 ? strategies.essentials(request, open) : Essentials.NONE;
        recollector = new Recollector(request, search, essentials, sources.counter());
        recalled = recollector.select(beforeRecent(), layout.textWithin(request.budget.total()));
        quotes = documents.find(request.dialogue.key(), request.options.documents(), open.question());
        quoted = quotes.within(layout.textWithin(request.documents()));
        demand = new Demand(
                request.systemTokens,
                anchored() + layout.cost(Sections.facts(facts)),
                layout.cost(briefed),
                recent.tokens(),
                layout.cost(recalled) + layout.cost(quoted.section()),
                layout.cost(open.messages()));
    }

    /** What the anchors cost. */
    private int anchored() {
        return layout.cost(Sections.anchors(anchors));
    }

    /** What all of it would cost. */
    Demand demand() {
        return demand;
    }

    /** Takes back what {@code shares} do not allow, and makes the context of the rest. */
    Assembled within(Shares shares) {
        if (demand.anchors() > shares.anchors()) {
            anchors = request.anchorsWithin(shares.anchors());
            facts = request.factsWithin(bearing, shares.anchors() - anchored());
        }
        dropped.addAll(Layout.leftOut(request.anchors, anchors));
        dropped.addAll(Layout.unsent(bearing.facts(), facts));
        if (demand.brief() > shares.brief()) {
            leaveOutBrief();
        }
        boolean shortened = demand.recent() > shares.recent();
        if (shortened) {
            recent = RecentTurns.take(recent.turns(), request.reach().recentTurns(), shares.recent());
            dropped.add(new Dropped(
                    Part.RECENT, recent.dropped().stream().map(Turn::number).toList(), Dropped.Reason.OVER_BUDGET));
        }
        if (demand.retrieved() > shares.retrieved()) {
            quoted = quotes.within(layout.textWithin(Math.min(request.documents(), shares.retrieved() / 2)));
        }
        if (shortened || demand.retrieved() > shares.retrieved()) {
            int left = shares.retrieved() - layout.cost(quoted.section());
            recalled = recollector.select(beforeRecent(), layout.textWithin(left));
        }
        dropped.addAll(recalled.dropped());
        dropped.addAll(Layout.leftOut(quoted));
        return assembled();
    }

    private Assembled assembled() {
        String anchored = Sections.anchors(anchors);
        String known = Sections.facts(facts);
        String recollection = Layout.joined(known, Sections.recalled(recalled.excerpts()));
        var messages =
                new ArrayList<Message>(layout.instructed(request.instructions, Layout.joined(anchored, briefed)));
        recent.turns().forEach(turn -> messages.add(turn.message()));
        messages.addAll(layout.recalling(open, Layout.joined(quoted.section(), recollection)));
        var parts = Layout.parts(
                request.systemTokens,
                layout.cost(anchored),
                layout.cost(known),
                layout.cost(briefed),
                recent.tokens(),
                layout.cost(recalled),
                demand.message());
        parts.put(Part.DOCUMENTS, layout.cost(quoted.section()));
        return new Assembled(
                messages,
                request.mode,
                search != null,
                request.report(parts),
                anchors,
                withoutShown(),
                degraded(),
                quotes.latencyMs() + (search == null ? 0 : search.latencyMs()));
    }

    private List<String> degraded() {
        var missing = new LinkedHashSet<String>(search == null ? List.of() : search.degraded());
        missing.addAll(quotes.degraded());
        if (bearing.degraded()) {
            missing.add(BearingFacts.MISSING);
        }
        return List.copyOf(missing);
    }

    private void leaveOutBrief() {
        dropped.add(new Dropped(Part.BRIEF, List.of(), Dropped.Reason.OVER_BUDGET));
        briefed = "";
    }

    /** The first turn that recall must leave to the recent part. */
    private int beforeRecent() {
        return recent.turns().isEmpty() ? closed + 1 : recent.turns().getFirst().number();
    }

    /** What was left out of one part and is sent in another was not dropped. */
    private List<Dropped> withoutShown() {
        var shown = recalled.excerpts().stream().map(Excerpt::turn).collect(Collectors.toSet());
        var left = new ArrayList<Dropped>();
        for (Dropped each : dropped) {
            var turns =
                    each.turns().stream().filter(turn -> !shown.contains(turn)).toList();
            if (each.turns().isEmpty() || !turns.isEmpty() || !each.anchors().isEmpty()) {
                left.add(new Dropped(each.part(), turns, each.anchors(), each.facts(), each.regions(), each.reason()));
            }
        }
        return left;
    }

    /** The closed turns of {@code tail} that the brief does not tell, from where an exchange begins. */
    private static List<Turn> uncovered(List<Turn> tail, int covered, int closed) {
        var turns = tail.stream()
                .filter(turn -> turn.number() > covered && turn.number() <= closed)
                .toList();
        boolean torn = !turns.isEmpty() && turns.getFirst().number() > covered + 1;
        return torn ? turns.subList(Exchanges.of(turns).getFirst().size(), turns.size()) : turns;
    }
}
