package io.perpetua.application.context;

import io.perpetua.application.memory.RecallTurns;
import io.perpetua.application.memory.RecallTurns.Match;
import io.perpetua.application.memory.RecallTurns.Recollection;
import io.perpetua.application.memory.RecallTurns.Search;
import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Part;
import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.memory.Selection.Limits;
import io.perpetua.domain.mode.Strategy;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * A strategy's essentials come first, within their share; what a search finds fills up to its own. Both stand in one
 * section, in the order of time, each turn once.
 */
/** Takes what is recalled for one request, as much as a share holds. */
final class Recollector {

    /** Share of the recalled part's cap that essentials take at most, so that a search is not silenced by them. */
    private static final double ESSENTIAL = 0.75;

    private final Request request;
    private final @Nullable Search search;
    private final Essentials essentials;
    private final TokenCounter counter;

    /** Takes from {@code search}, which is null where nothing is to be looked for. */
    Recollector(Request request, @Nullable Search search, Essentials essentials, TokenCounter counter) {
        this.request = request;
        this.search = search;
        this.essentials = essentials;
        this.counter = counter;
    }

    /**
     * What is recalled of the turns before {@code before}.
     *
     * @param tokens most tokens of the section's text
     */
    Recollection select(int before, int tokens) {
        var pieces = essentials.pieces(before);
        if (pieces.isEmpty()) {
            return search == null ? Recollection.NOTHING : found(search, limits(before, tokens), Set.of());
        }
        int share = Math.min(tokens, request.recalledText());
        var kept = Packing.of(pieces, (int) (share * ESSENTIAL), counter);
        var dropped = kept.leftOut().isEmpty()
                ? List.<Dropped>of()
                : List.of(new Dropped(Part.RETRIEVED, kept.leftOut(), Dropped.Reason.OVER_BUDGET));
        var essential = recollection(kept.excerpts(), List.of(), dropped);
        return search == null ? essential : withFound(search, essential, kept.settled(), before, share);
    }

    private Recollection withFound(
            Search search, Recollection essential, Set<Integer> settled, int before, int tokens) {
        var shown = essential.excerpts().stream().map(Excerpt::turn).collect(Collectors.toSet());
        int rest = tokens - essential.tokens();
        while (rest > 0) {
            var both = joined(essential, found(search, limits(before, rest).without(settled), shown));
            if (both.tokens() <= tokens) {
                return both;
            }
            rest -= both.tokens() - tokens;
        }
        return essential;
    }

    private Recollection found(Search search, Limits limits, Set<Integer> shown) {
        return search.select(limits, turn -> essentials.view(turn, shown.contains(turn.number())));
    }

    private Recollection joined(Recollection essential, Recollection found) {
        var byTurn = new TreeMap<Integer, Excerpt>();
        found.excerpts().forEach(excerpt -> byTurn.put(excerpt.turn(), excerpt));
        essential.excerpts().forEach(excerpt -> byTurn.merge(excerpt.turn(), excerpt, Recollector::joined));
        var dropped = new ArrayList<>(essential.dropped());
        dropped.addAll(found.dropped());
        return recollection(List.copyOf(byTurn.values()), found.matches(), dropped);
    }

    /** What a search found of a turn, and what is essential of it, unless the one has the other. */
    private static Excerpt joined(Excerpt found, Excerpt essential) {
        if (found.text().contains(essential.text())) {
            return found;
        }
        return essential.text().contains(found.text().strip())
                ? essential
                : essential.withText(found.text().strip() + "\n" + essential.text());
    }

    private Recollection recollection(List<Excerpt> excerpts, List<Match> matches, List<Dropped> dropped) {
        return new Recollection(excerpts, matches, dropped, counter.count(Sections.recalled(excerpts)));
    }

    /**
     * How much is looked for. Where the client did not say how many matches it wants, they are as many as stand out and
     * are worth sending: many turns shortly find more than few at length. Research takes all of the part's cap, and no
     * turns around a match.
     */
    private Limits limits(int before, int tokens) {
        Integer wanted = request.options.recalled();
        if (request.options.strategy() == Strategy.RESEARCH) {
            return Limits.broad(
                    before, wanted == null ? Integer.MAX_VALUE : wanted, Math.min(tokens, request.recalledText()));
        }
        return wanted != null
                ? new Limits(before, wanted, RecallTurns.WINDOW, tokens)
                : Limits.outstanding(before, RecallTurns.WINDOW, Math.min(tokens, request.budget.worthRecalling()));
    }
}
