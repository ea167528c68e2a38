package io.perpetua.adapters.sqlite;

import io.perpetua.application.facts.Facts.Place;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.FactFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a filter comes to in SQL. Not safe for concurrent use. */
final class FactQuery {

    private static final String HELD = """
             AND ((valid_from <= ? AND (valid_to IS NULL OR valid_to > ?)) OR EXISTS (
              SELECT 1 FROM fact_span WHERE fact_span.fact = fact.pk AND since <= ? AND until > ?))""";
    private static final String WRITTEN = """
             AND fact.pk IN (SELECT fact FROM fact_source WHERE written = ? AND document = ? AND fact IS NOT NULL)""";
    private static final String HEARD = """
             AND fact.pk IN (SELECT fact FROM fact_source WHERE heard = ? AND conversation = ? AND fact IS NOT NULL)""";

    private final StringBuilder where = new StringBuilder(" WHERE tenant = ? AND namespace = ?");
    private final List<@Nullable Object> values = new ArrayList<>();

    FactQuery(Scope scope, FactFilter filter) {
        values.add(scope.tenant());
        values.add(scope.namespace());
        digest("fact.subject", filter.subject());
        digest("fact.predicate", filter.predicate());
        digest("fact.object", filter.object());
        if (filter.document() != null) {
            and(WRITTEN, FactRows.digest(filter.document()), filter.document());
        }
        if (filter.conversation() != null) {
            and(HEARD, FactRows.digest(filter.conversation()), filter.conversation());
        }
        if (filter.user() != null) {
            and(" AND user = ?", filter.user());
        }
        if (filter.minConfidence() > 0) {
            and(" AND fact.confidence >= ?", filter.minConfidence());
        }
        if (filter.asOf() != null) {
            long at = Instants.micros(filter.asOf());
            and(HELD, at, at, at, at);
        }
    }

    private void digest(String column, @Nullable String normal) {
        if (normal != null) {
            and(" AND " + column + " = ?", FactRows.digest(normal));
        }
    }

    private void and(String condition, Object... bound) {
        where.append(condition);
        values.addAll(List.of(bound));
    }

    String counting() {
        return "SELECT count(*) FROM fact" + where;
    }

    /** What {@link #counting} is bound to. */
    @Nullable
    Object[] counted() {
        return values.toArray();
    }

    String page(@Nullable Place after) {
        return page(FactRows.COLUMNS, after);
    }

    /** The same of what {@code columns} selects. */
    String page(String columns, @Nullable Place after) {
        return columns
                + where
                + (after == null ? "" : " AND (recorded_at, id) < (?, ?)")
                + " ORDER BY recorded_at DESC, id DESC LIMIT ?";
    }

    /** What {@link #page} is bound to. */
    @Nullable
    Object[] paged(@Nullable Place after, int limit) {
        var all = new ArrayList<>(values);
        if (after != null) {
            all.add(Instants.micros(after.recordedAt()));
            all.add(after.id());
        }
        all.add(limit);
        return all.toArray();
    }
}
