package io.perpetua.adapters.sqlite;

import io.perpetua.application.facts.Gist;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.Holder;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Source.Origin;
import io.perpetua.domain.facts.SourceAnchor;
import io.perpetua.domain.facts.Span;
import io.perpetua.domain.facts.Triple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts as rows: read, written, emptied. */
final class FactRows {

    static final String COLUMNS = """
            SELECT fact.pk, fact.text, id, user, confined, fact_text.subject, fact_text.predicate, fact_text.object,
              datatype, recorded_at, valid_from, valid_to, supersedes, superseded_by
            FROM fact JOIN fact_text ON fact_text.pk = fact.text
            """;
    static final String GISTS = """
            SELECT id, recorded_at, fact_text.subject, fact_text.predicate, fact_text.object
            FROM fact JOIN fact_text ON fact_text.pk = fact.text
            """;
    static final String BY_ID = COLUMNS + "WHERE tenant = ? AND namespace = ? AND id = ?";
    static final String BY_IDENTITY = COLUMNS + "WHERE tenant = ? AND namespace = ? AND identity = ?";
    static final String LATEST = COLUMNS + "WHERE tenant = ? AND namespace = ? AND slot = ? AND latest = 1";
    static final String SOURCES = """
            SELECT pk, origin, document, doc_id, page, region_id, path_line, conversation, confidence, observed_at
            FROM fact_source WHERE fact = ? ORDER BY pk
            """;
    static final String SPANS = "SELECT since, until FROM fact_span WHERE fact = ? ORDER BY since, until";

    private static final String ADD_TEXT =
            "INSERT INTO fact_text (subject, predicate, object, datatype) VALUES (?, ?, ?, ?)";
    private static final String ADD = """
            INSERT INTO fact (tenant, namespace, id, user, confined, text, identity, slot, latest, subject, predicate,
              object, confidence, recorded_at, valid_from, valid_to, supersedes, superseded_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String CHANGE = """
            UPDATE fact SET confidence = ?, valid_from = ?, valid_to = ?, supersedes = ?, superseded_by = ? WHERE pk = ?
            """;
    private static final String ADD_SOURCE = """
            INSERT INTO fact_source (fact, origin, document, doc_id, page, region_id, path_line, conversation, written,
              heard, confidence, observed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String EMPTY_SOURCE = """
            UPDATE fact_source SET fact = NULL, origin = '', document = NULL, doc_id = NULL, page = NULL,
              region_id = NULL, path_line = NULL, conversation = NULL, written = NULL, heard = NULL WHERE pk = ?
            """;
    private static final String EMPTY_TEXT =
            "UPDATE fact_text SET subject = '', predicate = '', object = '', datatype = NULL WHERE pk = ?";
    private static final String COUNT = """
            INSERT INTO fact_count (tenant, namespace, facts) VALUES (?, ?, ?)
            ON CONFLICT (tenant, namespace) DO UPDATE SET facts = facts + excluded.facts
            """;

    private static final SourceAnchor NOWHERE = new SourceAnchor(null, null, null, null);

    private FactRows() {}

    /** A fact with the keys of its rows. */
    record Row(long pk, long text, Fact fact, List<Long> sources) {}

    private record Head(
            long pk,
            long text,
            String id,
            Holder holder,
            Triple triple,
            @Nullable String datatype,
            Instant recordedAt,
            Instant validFrom,
            @Nullable Instant validTo,
            @Nullable String supersedes,
            @Nullable String supersededBy) {}

    private record SourceRow(long pk, Source source) {}

    /** The only row of a query with {@link #COLUMNS}, null where there is none. */
    static @Nullable Row first(Session session, String sql, @Nullable Object... values) throws SQLException {
        Head head = session.first(sql, FactRows::head, values);
        return head == null ? null : whole(session, head);
    }

    /** The rows of a query with {@link #COLUMNS}. */
    static List<Row> list(Session session, String sql, @Nullable Object... values) throws SQLException {
        var rows = new ArrayList<Row>();
        for (Head head : session.list(sql, FactRows::head, values)) {
            rows.add(whole(session, head));
        }
        return rows;
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                new Holder(row.getString(4), row.getString(5)),
                new Triple(row.getString(6), row.getString(7), row.getString(8)),
                row.getString(9),
                Instants.instant(row.getLong(10)),
                Instants.instant(row.getLong(11)),
                row.getObject(12) == null ? null : Instants.instant(row.getLong(12)),
                row.getString(13),
                row.getString(14));
    }

    private static Row whole(Session session, Head head) throws SQLException {
        var sources = session.list(SOURCES, FactRows::source, head.pk);
        var spans = session.list(
                SPANS, row -> new Span(Instants.instant(row.getLong(1)), Instants.instant(row.getLong(2))), head.pk);
        var fact = new Fact(
                head.id,
                head.holder,
                head.triple,
                head.datatype,
                sources.stream().map(SourceRow::source).toList(),
                head.recordedAt,
                head.validFrom,
                head.validTo,
                spans,
                head.supersedes,
                head.supersededBy);
        return new Row(
                head.pk, head.text, fact, sources.stream().map(SourceRow::pk).toList());
    }

    /** A row of {@link #GISTS}. */
    static Gist gist(ResultSet row) throws SQLException {
        var triple = new Triple(row.getString(3), row.getString(4), row.getString(5));
        return Gist.of(row.getString(1), Instants.instant(row.getLong(2)), triple);
    }

    private static SourceRow source(ResultSet row) throws SQLException {
        Integer page = row.getObject(5) == null ? null : Integer.valueOf(row.getInt(5));
        var anchor = new SourceAnchor(row.getString(4), page, row.getString(6), row.getString(7));
        return new SourceRow(
                row.getLong(1),
                new Source(
                        Origin.valueOf(row.getString(2)),
                        row.getString(3),
                        anchor.equals(NOWHERE) ? null : anchor,
                        row.getString(8),
                        Double.longBitsToDouble(row.getLong(9)),
                        Instants.instant(row.getLong(10))));
    }

    static void add(Session session, Scope scope, Fact fact) throws SQLException {
        var triple = fact.triple();
        var told = fact.statement();
        long text = session.insert(ADD_TEXT, triple.subject(), triple.predicate(), triple.object(), fact.datatype());
        long pk = session.insert(
                ADD,
                scope.tenant(),
                scope.namespace(),
                fact.id(),
                fact.holder().user(),
                fact.holder().conversation(),
                text,
                told.identity(),
                told.slot(),
                digest(Triple.normal(triple.subject())),
                digest(Triple.normal(triple.predicate())),
                digest(Triple.normal(triple.object())),
                fact.confidence(),
                Instants.micros(fact.recordedAt()),
                Instants.micros(fact.validFrom()),
                micros(fact.validTo()),
                fact.supersedes(),
                fact.supersededBy());
        for (Source source : fact.sources()) {
            addSource(session, pk, source);
        }
        spans(session, pk, fact);
        session.update(COUNT, scope.tenant(), scope.namespace(), 1);
    }

    /** Writes what differs between a row and {@code after}, which tells the same triple. */
    static void change(Session session, Row row, Fact after) throws SQLException {
        var left = new ArrayList<>(after.sources());
        for (int i = 0; i < row.sources.size(); i++) {
            Source before = row.fact.sources().get(i);
            Source now = left.stream()
                    .filter(each -> isSame(each, before))
                    .findFirst()
                    .orElse(null);
            if (now == null) {
                session.update(EMPTY_SOURCE, row.sources.get(i));
            } else {
                left.remove(now);
                if (!now.equals(before)) {
                    session.update(
                            "UPDATE fact_source SET confidence = ?, observed_at = ? WHERE pk = ?",
                            Double.doubleToLongBits(now.confidence()),
                            Instants.micros(now.observedAt()),
                            row.sources.get(i));
                }
            }
        }
        for (Source source : left) {
            addSource(session, row.pk, source);
        }
        if (!after.earlier().equals(row.fact.earlier())) {
            session.update("DELETE FROM fact_span WHERE fact = ?", row.pk);
            spans(session, row.pk, after);
        }
        session.update(
                CHANGE,
                after.confidence(),
                Instants.micros(after.validFrom()),
                micros(after.validTo()),
                after.supersedes(),
                after.supersededBy(),
                row.pk);
    }

    /** The same but for how sure it is, and when it was observed. */
    private static boolean isSame(Source one, Source other) {
        return new Source(
                        one.origin(),
                        one.document(),
                        one.anchor(),
                        one.conversation(),
                        other.confidence(),
                        other.observedAt())
                .equals(other);
    }

    private static void addSource(Session session, long fact, Source source) throws SQLException {
        var anchor = source.anchor() == null ? NOWHERE : source.anchor();
        session.update(
                ADD_SOURCE,
                fact,
                source.origin().name(),
                source.document(),
                anchor.docId(),
                anchor.page(),
                anchor.regionId(),
                anchor.pathLine(),
                source.conversation(),
                source.document() == null ? null : Long.valueOf(digest(source.document())),
                source.conversation() == null ? null : Long.valueOf(digest(source.conversation())),
                Double.doubleToLongBits(source.confidence()),
                Instants.micros(source.observedAt()));
    }

    private static void spans(Session session, long fact, Fact of) throws SQLException {
        for (Span span : of.earlier()) {
            session.update(
                    "INSERT INTO fact_span (fact, since, until) VALUES (?, ?, ?)",
                    fact,
                    Instants.micros(span.from()),
                    Instants.micros(span.to()));
        }
    }

    /** Empties what a fact says, and deletes the rest of it. */
    static void erase(Session session, Scope scope, Row row) throws SQLException {
        for (long source : row.sources) {
            session.update(EMPTY_SOURCE, source);
        }
        session.update("DELETE FROM fact WHERE pk = ?", row.pk);
        session.update(EMPTY_TEXT, row.text);
        session.update(COUNT, scope.tenant(), scope.namespace(), -1);
        var triple = row.fact.triple();
        session.update(
                "UPDATE waste SET bytes = bytes + ?",
                triple.subject().length()
                        + triple.predicate().length()
                        + triple.object().length());
    }

    private static @Nullable Long micros(@Nullable Instant at) {
        return at == null ? null : Long.valueOf(Instants.micros(at));
    }

    /** The first 64 bits of SHA-256. */
    static long digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
