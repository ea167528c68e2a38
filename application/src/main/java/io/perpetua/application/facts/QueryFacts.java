package io.perpetua.application.facts;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.application.facts.FactSearch.Match;
import io.perpetua.application.facts.Facts.Place;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use case: find facts. Safe for concurrent use. */
public final class QueryFacts {

    /** Most facts on a page. */
    public static final int MOST = 100;

    /** Facts that a text is compared with: of those that the filter admits, the latest. */
    private static final int SEARCHED = 10_000;

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
     * @param matches how well each fact matches the text; empty where there was none
     * @param total how many there are in all; with a text, of the {@value #SEARCHED} latest
     * @param next the cursor of the page after this one, null on the last
     * @param degraded what was missing
     */
    public record Answer(
            List<Fact> facts,
            List<Match> matches,
            long total,
            @Nullable String next,
            List<String> degraded) {}

    /**
     * The facts that {@code filter} admits: those that have to do with {@code text}, the best first, or without one all of
     * them, the one that was kept last first.
     *
     * @param cursor what the page before gave, null for the first
     * @param limit from 1 to {@value #MOST}
     */
    public Answer query(Scope scope, FactFilter filter, @Nullable String text, @Nullable String cursor, int limit) {
        return text == null ? listed(scope, filter, cursor, limit) : searched(scope, filter, text, cursor, limit);
    }

    private Answer listed(Scope scope, FactFilter filter, @Nullable String cursor, int limit) {
        var after = cursor == null ? null : place(cursor);
        var found = facts.query(scope, filter, after, limit + 1);
        boolean more = found.facts().size() > limit;
        var page = more ? found.facts().subList(0, limit) : found.facts();
        return new Answer(page, List.of(), found.total(), more ? cursor(page.getLast()) : null, List.of());
    }

    private Answer searched(Scope scope, FactFilter filter, String text, @Nullable String cursor, int limit) {
        int from = cursor == null ? 0 : offset(cursor);
        var found = search.of(facts.query(scope, filter, null, SEARCHED).facts(), text, AT_ONCE);
        var matches = found.matches();
        int begin = Math.min(from, matches.size());
        int end = Math.min(matches.size(), begin + limit);
        var page = matches.subList(begin, end);
        return new Answer(
                page.stream().map(Match::fact).toList(),
                page,
                matches.size(),
                end < matches.size() ? "o" + end : null,
                found.complete() ? List.of() : List.of("embedder"));
    }

    private static String cursor(Fact last) {
        return "p" + ChronoUnit.MICROS.between(Instant.EPOCH, last.recordedAt()) + "." + last.id();
    }

    private static Place place(String cursor) {
        int dot = cursor.indexOf('.');
        if (!cursor.startsWith("p") || dot < 0) {
            throw refused(null);
        }
        try {
            long micros = Long.parseLong(cursor, 1, dot, 10);
            return new Place(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), cursor.substring(dot + 1));
        } catch (NumberFormatException | DateTimeException e) {
            throw refused(e);
        }
    }

    private static int offset(String cursor) {
        try {
            if (cursor.startsWith("o")) {
                return Integer.parseUnsignedInt(cursor, 1, cursor.length(), 10);
            }
        } catch (NumberFormatException e) {
            throw refused(e);
        }
        throw refused(null);
    }

    private static RequestRefused refused(@Nullable Throwable cause) {
        var refused = new RequestRefused(
                Reason.INVALID, "invalid_value", "cursor", "'cursor': expected the next_cursor of another page");
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }
}
