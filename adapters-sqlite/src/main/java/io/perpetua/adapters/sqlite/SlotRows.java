package io.perpetua.adapters.sqlite;

import io.perpetua.adapters.sqlite.FactRows.Row;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.Slot;
import io.perpetua.domain.facts.Statement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows around a statement, as one transaction sees them. Not safe for concurrent use. */
final class SlotRows implements Slot {

    private static final String UNMARK =
            "UPDATE fact SET latest = 0 WHERE tenant = ? AND namespace = ? AND slot = ? AND latest = 1";
    private static final String MARK = "UPDATE fact SET latest = 1 WHERE tenant = ? AND namespace = ? AND id = ?";

    private final Session session;
    private final Scope scope;
    private final Map<String, Row> seen = new HashMap<>();
    private final @Nullable Fact same;
    private final @Nullable Fact latest;

    SlotRows(Session session, Scope scope, Statement told) throws SQLException {
        this.session = session;
        this.scope = scope;
        same = seen(FactRows.first(session, FactRows.BY_IDENTITY, scope.tenant(), scope.namespace(), told.identity()));
        latest = seen(FactRows.first(session, FactRows.LATEST, scope.tenant(), scope.namespace(), told.slot()));
    }

    private @Nullable Fact seen(@Nullable Row row) {
        if (row == null) {
            return null;
        }
        seen.put(row.fact().id(), row);
        return row.fact();
    }

    @Override
    public @Nullable Fact same() {
        return same;
    }

    @Override
    public @Nullable Fact latest() {
        return latest;
    }

    @Override
    public @Nullable Fact find(String id) {
        Row known = seen.get(id);
        if (known != null) {
            return known.fact();
        }
        try {
            return seen(FactRows.first(session, FactRows.BY_ID, scope.tenant(), scope.namespace(), id));
        } catch (SQLException e) {
            throw Database.unavailable("read", e);
        }
    }

    void write(List<Fact> facts) throws SQLException {
        for (Fact fact : facts) {
            Row before = seen.get(fact.id());
            if (before == null) {
                FactRows.add(session, scope, fact);
            } else {
                FactRows.change(session, before, fact);
            }
        }
    }

    void mark(String slot, @Nullable String id) throws SQLException {
        String before = latest == null ? null : latest.id();
        if (id == null || !id.equals(before)) {
            session.update(UNMARK, scope.tenant(), scope.namespace(), slot);
            if (id != null) {
                session.update(MARK, scope.tenant(), scope.namespace(), id);
            }
        }
    }
}
