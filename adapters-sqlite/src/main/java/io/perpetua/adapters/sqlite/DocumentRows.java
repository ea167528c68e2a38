package io.perpetua.adapters.sqlite;

import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents and what is said about them, as rows (see the ninth script). */
final class DocumentRows {

    private static final String COLUMNS = """
            SELECT d.id, s.media_type, s.address, d.bytes, s.metadata, d.pages, d.ready, d.at, d.tenant, d.namespace
            FROM document d JOIN document_description s ON s.document = d.pk
            """;

    static final String OF = COLUMNS + "WHERE d.tenant = ? AND d.namespace = ? AND d.id = ?";
    static final String LISTED = COLUMNS + "WHERE d.tenant = ? AND d.namespace = ? AND d.id > ? ORDER BY d.id LIMIT ?";
    static final String OF_CONVERSATION =
            COLUMNS + "WHERE d.tenant = ? AND d.namespace = ? AND d.conversation = ? ORDER BY d.id";
    static final String ALL = COLUMNS + """
            WHERE (d.tenant, d.namespace, d.id) > (?, ?, ?) ORDER BY d.tenant, d.namespace, d.id LIMIT ?
            """;
    static final String ROW = "SELECT pk FROM document WHERE tenant = ? AND namespace = ? AND id = ?";
    static final String BOUND = "SELECT id FROM document WHERE tenant = ? AND namespace = ? AND conversation = ?";
    private static final String EMPTY_DESCRIPTION =
            "UPDATE document_description SET document = NULL, job = NULL, media_type = '', address = NULL, metadata = NULL ";

    private DocumentRows() {}

    static Document read(ResultSet row) throws SQLException {
        return new Document(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                metadata(row.getString(5)),
                row.getInt(6),
                row.getBoolean(7),
                Instants.instant(row.getLong(8)));
    }

    /** What {@link #read} leaves out. */
    static Scope scope(ResultSet row) throws SQLException {
        return new Scope(row.getString(9), row.getString(10));
    }

    static Map<String, String> metadata(@Nullable String joined) {
        var fields = Fields.split(joined);
        var metadata = new LinkedHashMap<String, String>();
        for (int i = 0; i < fields.size(); i += 2) {
            metadata.put(fields.get(i), fields.get(i + 1));
        }
        return metadata;
    }

    static @Nullable String joined(Map<String, String> metadata) {
        return Fields.join(metadata.entrySet().stream()
                .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
                .toList());
    }

    static @Nullable Long row(Session session, Scope scope, String id) throws SQLException {
        return session.first(ROW, row -> row.getLong(1), scope.tenant(), scope.namespace(), id);
    }

    static void add(Session session, Scope scope, Document document) throws SQLException {
        long pk = session.insert(
                "INSERT INTO document (tenant, namespace, id, conversation, bytes, pages, ready, at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                scope.tenant(),
                scope.namespace(),
                document.id(),
                document.conversation(),
                document.bytes(),
                document.pages(),
                document.ready(),
                Instants.micros(document.at()));
        session.update(
                "INSERT INTO document_description (document, media_type, address, metadata) VALUES (?, ?, ?, ?)",
                pk,
                document.mediaType(),
                document.address(),
                joined(document.metadata()));
    }

    /** Says something else about a document: in a new row, since a longer text might be moved where it is. */
    static void describe(Session session, long pk, Document document) throws SQLException {
        session.update(EMPTY_DESCRIPTION + "WHERE document = ?", pk);
        session.update(
                "INSERT INTO document_description (document, media_type, address, metadata) VALUES (?, ?, ?, ?)",
                pk,
                document.mediaType(),
                document.address(),
                joined(document.metadata()));
        session.update("UPDATE document SET conversation = ? WHERE pk = ?", document.conversation(), pk);
    }

    static void emptyOfJob(Session session, long job) throws SQLException {
        session.update(EMPTY_DESCRIPTION + "WHERE job = ?", job);
    }

    /** Erases a document. Its file goes when it is next looked for what was erased. Returns whether it was there. */
    static boolean erase(Session session, Scope scope, String id) throws SQLException {
        Long pk = row(session, scope, id);
        if (pk == null) {
            return false;
        }
        RegionRows.erase(session, pk, 0);
        session.update(EMPTY_DESCRIPTION + "WHERE document = ?", pk);
        session.update("DELETE FROM document WHERE pk = ?", pk);
        session.update(
                "INSERT INTO document_erased (tenant, namespace, document) VALUES (?, ?, ?)",
                scope.tenant(),
                scope.namespace(),
                id);
        return true;
    }

    /** Whether there are documents that belong to a conversation, or jobs that are to bring such. */
    static boolean hasAny(Session session, ConversationKey key) throws SQLException {
        var scope = key.scope();
        return session.first(BOUND, row -> true, scope.tenant(), scope.namespace(), key.id()) != null
                || session.first(JobRows.BOUND, row -> true, scope.tenant(), scope.namespace(), key.id()) != null;
    }

    /** Erases the documents that belong to a conversation, and the jobs that are to bring such. Returns whether there were any. */
    static boolean eraseOf(Session session, ConversationKey key) throws SQLException {
        var scope = key.scope();
        var bound = session.list(BOUND, row -> row.getString(1), scope.tenant(), scope.namespace(), key.id());
        for (String id : bound) {
            JobRows.erase(session, scope, id);
            erase(session, scope, id);
        }
        return JobRows.eraseOf(session, key) || !bound.isEmpty();
    }
}
