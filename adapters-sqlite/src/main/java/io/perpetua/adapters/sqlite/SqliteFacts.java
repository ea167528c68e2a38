package io.perpetua.adapters.sqlite;

import io.perpetua.adapters.sqlite.FactRows.Row;
import io.perpetua.application.facts.Facts;
import io.perpetua.application.facts.Gist;
import io.perpetua.application.facts.Gists;
import io.perpetua.application.transfer.FactArchive;
import io.perpetua.application.transfer.Tallies;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.FactRules;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Superseding;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts, in SQLite: telling and deleting are one transaction of the one writer, so nothing comes between. */
@Singleton
@Embedded
final class SqliteFacts implements Facts, FactArchive {

    private static final int PAGE = 256;

    static final String ALL = """
            SELECT pk, tenant, namespace, id FROM fact WHERE pk > ? ORDER BY pk LIMIT ?
            """;
    static final String COUNT = "SELECT ifnull(sum(facts), 0) FROM fact_count WHERE tenant = ? AND namespace = ?";
    static final String READ =
            "SELECT ifnull(sum(turn), 0) FROM fact_reading WHERE tenant = ? AND namespace = ? AND conversation = ?";
    private static final String NOTE = """
            INSERT INTO fact_reading (tenant, namespace, conversation, turn) VALUES (?, ?, ?, ?)
            ON CONFLICT (tenant, namespace, conversation) DO UPDATE SET turn = excluded.turn
            """;
    private static final String UNREAD =
            "DELETE FROM fact_reading WHERE tenant = ? AND namespace = ? AND conversation = ?";

    private final Database database;

    SqliteFacts(Database database) {
        this.database = database;
    }

    @Override
    public Outcome tell(Scope scope, Statement told, String id, Instant now, FactRules rules) {
        var known = database.read(session -> repeated(session, scope, told, id, now, rules));
        return known != null ? known : database.write(session -> told(session, scope, told, id, now, rules));
    }

    /** What comes of telling where that changes nothing, so that the writer need not be waited for; null otherwise. */
    private static @Nullable Outcome repeated(
            Session session, Scope scope, Statement told, String id, Instant now, FactRules rules) throws SQLException {
        var rows = new SlotRows(session, scope, told);
        if (rows.same() == null) {
            return null;
        }
        var telling = telling(rows, told, id, now, rules);
        return telling.written().isEmpty() ? new Outcome.Told(telling) : null;
    }

    private static Superseding.Telling telling(SlotRows rows, Statement told, String id, Instant now, FactRules rules) {
        boolean single = rules.single(told.triple().predicate());
        return Superseding.telling(told, id, now.truncatedTo(ChronoUnit.MICROS), single, rows);
    }

    private static Outcome told(Session session, Scope scope, Statement told, String id, Instant now, FactRules rules)
            throws SQLException {
        var rows = new SlotRows(session, scope, told);
        if (rows.same() == null && session.number(COUNT, scope.tenant(), scope.namespace()) >= rules.most()) {
            return Outcome.Refused.FULL;
        }
        var telling = telling(rows, told, id, now, rules);
        rows.write(telling.written());
        rows.mark(told.slot(), telling.latest());
        return new Outcome.Told(telling);
    }

    @Override
    public @Nullable Fact find(Scope scope, String id) {
        return database.read(session -> {
            Row row = FactRows.first(session, FactRows.BY_ID, scope.tenant(), scope.namespace(), id);
            return row == null ? null : row.fact();
        });
    }

    @Override
    public List<Fact> find(Scope scope, List<String> ids) {
        return database.read(session -> {
            var found = new ArrayList<Fact>();
            for (String id : ids) {
                Row row = FactRows.first(session, FactRows.BY_ID, scope.tenant(), scope.namespace(), id);
                if (row != null) {
                    found.add(row.fact());
                }
            }
            return found;
        });
    }

    @Override
    public boolean delete(Scope scope, String id) {
        return database.erase(session -> {
            Row gone = FactRows.first(session, FactRows.BY_ID, scope.tenant(), scope.namespace(), id);
            if (gone == null) {
                return false;
            }
            remove(session, scope, gone);
            return true;
        });
    }

    private static void remove(Session session, Scope scope, Row gone) throws SQLException {
        var told = gone.fact().statement();
        var rows = new SlotRows(session, scope, told);
        var removal = Superseding.removing(gone.fact(), rows);
        rows.write(removal.written());
        rows.mark(told.slot(), removal.latest());
        FactRows.erase(session, scope, gone);
    }

    @Override
    public Found query(Scope scope, FactFilter filter, @Nullable Place after, int limit) {
        var query = new FactQuery(scope, filter);
        return database.read(session -> new Found(
                FactRows.list(session, query.page(after), query.paged(after, limit)).stream()
                        .map(Row::fact)
                        .toList(),
                session.number(query.counting(), query.counted())));
    }

    @Override
    public List<Gist> gists(Scope scope, FactFilter filter, @Nullable Place after, int most, long characters) {
        var query = new FactQuery(scope, filter);
        return database.read(session -> {
            var gists = new Gists(characters);
            session.each(
                    query.page(FactRows.GISTS, after), row -> gists.add(FactRows.gist(row)), query.paged(after, most));
            return gists.taken();
        });
    }

    @Override
    public int forget(ConversationKey conversation) {
        var scope = conversation.scope();
        if (database.read(session -> concerned(session, conversation).isEmpty() && !isRead(session, conversation))) {
            return 0;
        }
        return database.erase(session -> {
            session.update(UNREAD, scope.tenant(), scope.namespace(), conversation.id());
            var ids = concerned(session, conversation);
            for (String id : ids) {
                Row row = FactRows.first(session, FactRows.BY_ID, scope.tenant(), scope.namespace(), id);
                if (row != null) {
                    forget(session, scope, row, conversation.id());
                }
            }
            return ids.size();
        });
    }

    private static void forget(Session session, Scope scope, Row row, String conversation) throws SQLException {
        Fact left = row.fact().without(conversation);
        if (left == null) {
            remove(session, scope, row);
        } else {
            FactRows.change(session, row, left);
        }
    }

    private static List<String> concerned(Session session, ConversationKey conversation) throws SQLException {
        var query = new FactQuery(conversation.scope(), FactFilter.ofConversation(conversation.id(), null));
        return session.list(
                "SELECT id" + query.counting().substring("SELECT count(*)".length()),
                row -> row.getString(1),
                query.counted());
    }

    private static boolean isRead(Session session, ConversationKey conversation) throws SQLException {
        return through(session, conversation) > 0;
    }

    private static int through(Session session, ConversationKey conversation) throws SQLException {
        var scope = conversation.scope();
        return Math.toIntExact(session.number(READ, scope.tenant(), scope.namespace(), conversation.id()));
    }

    @Override
    public int readThrough(ConversationKey conversation) {
        return database.read(session -> through(session, conversation));
    }

    @Override
    public void noteReadThrough(ConversationKey conversation, int turn) {
        var scope = conversation.scope();
        database.write(session -> session.update(NOTE, scope.tenant(), scope.namespace(), conversation.id(), turn));
    }

    private record Named(long pk, Scope scope, String id) {}

    @Override
    public void each(Sink sink) {
        long after = 0;
        while (true) {
            long from = after;
            var page = database.read(session -> session.list(
                    ALL,
                    row -> new Named(row.getLong(1), new Scope(row.getString(2), row.getString(3)), row.getString(4)),
                    from,
                    PAGE));
            if (page.isEmpty()) {
                return;
            }
            for (Named each : page) {
                Fact fact = find(each.scope, each.id);
                if (fact != null) {
                    sink.put(each.scope, fact);
                }
            }
            after = page.getLast().pk;
        }
    }

    @Override
    public Tallies.Outcome add(Scope scope, Fact fact) {
        return database.write(session -> added(session, scope, fact));
    }

    private static Tallies.Outcome added(Session session, Scope scope, Fact fact) throws SQLException {
        var told = fact.statement();
        var rows = new SlotRows(session, scope, told);
        Fact there = rows.find(fact.id());
        if (there != null) {
            return there.equals(fact) ? Tallies.Outcome.THERE : Tallies.Outcome.CONFLICT;
        }
        if (rows.same() != null) {
            return Tallies.Outcome.CONFLICT;
        }
        FactRows.add(session, scope, fact);
        if (fact.validTo() == null && rows.latest() == null) {
            rows.mark(told.slot(), fact.id());
        }
        return Tallies.Outcome.ADDED;
    }
}
