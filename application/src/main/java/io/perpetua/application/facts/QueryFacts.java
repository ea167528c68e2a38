package io.perpetua.application.facts;

import static java.util.Objects.requireNonNull;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.facts.FactSearch.Match;
import io.perpetua.application.facts.Facts.Place;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Use case: find facts. Safe for concurrent use. */
public final class QueryFacts {

    /** Most facts on a page. */
    public static final int MOST = 100;

    /** Most facts that a text is compared with: of those that the filter admits, the latest. */
    private static final int SEARCHED = 10_000;

    /** Most characters of them. */
    private static final long READ = 1_000_000;

    /** Most characters of a cursor: of one that follows the last page but one. */
    public static final int LONGEST_CURSOR = 2 * Long.BYTES * SEARCHED;

    /** Vectors that a search waits for. */
    private static final int AT_ONCE = 32;

    private final Facts facts;
    private final FactSearch search;

    public QueryFacts(Facts facts, FactSearch search) {
        this.facts = facts;
        this.search = search;
    }

    /**
     * A page of what was asked for.
     *
     * @param matches how well each of {@code facts} matches the text, in their order; empty where there was none
     * @param total how many there are in all; with a text, of the latest that it was compared with: at most {@value #SEARCHED},
     *     and {@value #READ} characters of them
     * @param next the cursor of the page after this one, null on the last
     * @param pending how many facts were compared with the text by words alone, for their vectors are still being made
     * @param degraded what was missing
     */
    public record Answer(
            List<Fact> facts,
            List<Match> matches,
            long total,
            @Nullable String next,
            int pending,
            List<String> degraded) {}

    /**
     * The facts that {@code filter} admits: those that have to do with {@code text}, the best first, or without one all of
     * them, the one that was kept last first. All pages are as of when the first was asked for. Those of a search give each fact
     * once that was there at the first of them, and has not been deleted since, however the order changes meanwhile.
     *
     * @param cursor what the page before gave, null for the first
     * @param limit from 1 to {@value #MOST}
     */
    public Answer query(Scope scope, FactFilter filter, @Nullable String text, @Nullable String cursor, int limit) {
        return text == null ? listed(scope, filter, cursor, limit) : searched(scope, filter, text, cursor, limit);
    }

    private Answer listed(Scope scope, FactFilter asked, @Nullable String cursor, int limit) {
        var before = cursor == null ? null : listCursor(cursor);
        var filter = before == null ? asked : asked.at(before.asOf());
        var found = facts.query(scope, filter, before == null ? null : before.after(), limit + 1);
        boolean more = found.facts().size() > limit;
        var page = more ? found.facts().subList(0, limit) : found.facts();
        String next = more ? new ListCursor(filter.asOf(), Place.of(page.getLast())).wire() : null;
        return new Answer(page, List.of(), found.total(), next, 0, List.of());
    }

    private Answer searched(Scope scope, FactFilter asked, String text, @Nullable String cursor, int limit) {
        var before = cursor == null ? null : searchCursor(cursor);
        var filter = before == null ? asked : asked.at(before.asOf());
        var gists = facts.gists(scope, filter, before == null ? null : before.beginning(), SEARCHED, READ);
        if (gists.isEmpty()) {
            return new Answer(List.of(), List.of(), 0, null, 0, List.of());
        }
        var from = before == null
                ? new SearchCursor(filter.asOf(), gists.getFirst().recordedAt(), Set.of())
                : before;
        var found = search.of(gists, text, AT_ONCE);
        var left = found.matches().stream()
                .filter(match -> !from.isGiven(match.id()))
                .limit(limit + 1L)
                .toList();
        var page = left.subList(0, Math.min(limit, left.size()));
        var ids = page.stream().map(Match::id).toList();
        var there = new HashMap<String, Fact>();
        facts.find(scope, ids).forEach(fact -> there.put(fact.id(), fact));
        var matches =
                page.stream().filter(match -> there.containsKey(match.id())).toList();
        return new Answer(
                matches.stream()
                        .map(match -> requireNonNull(there.get(match.id())))
                        .toList(),
                matches,
                found.matches().size(),
                left.size() > limit ? from.after(ids).wire() : null,
                found.pending(),
                found.degraded() ? List.of("embedder") : List.of());
    }

    private static ListCursor listCursor(String cursor) {
        try {
            return ListCursor.of(cursor);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static SearchCursor searchCursor(String cursor) {
        try {
            return SearchCursor.of(cursor);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static RequestRefused refused(Throwable cause) {
        var refused = new RequestRefused(
                Reason.INVALID, "invalid_value", "cursor", "'cursor': expected the next_cursor of another page");
        refused.initCause(cause);
        return refused;
    }
}
