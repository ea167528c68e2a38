package io.perpetua.adapters.sqlite;

import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.IndexJob.Problem;
import io.perpetua.domain.vision.IndexJob.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs as rows (see the ninth script). */
final class JobRows {

    private static final String COLUMNS = """
            SELECT j.id, j.tenant, j.namespace, j.document, s.address, s.metadata, j.force, j.status, j.done, j.pages,
              j.attempts, j.due, j.error_code, j.error_message, j.at
            FROM index_job j LEFT JOIN document_description s ON s.job = j.pk
            """;
    static final String OF = COLUMNS + "WHERE j.tenant = ? AND j.namespace = ? AND j.id = ?";
    static final String OPEN = COLUMNS + "WHERE j.open = 1 ORDER BY j.pk";
    static final String ROW = "SELECT pk FROM index_job WHERE tenant = ? AND namespace = ? AND id = ? AND open = 1";
    static final String OF_DOCUMENT =
            "SELECT pk FROM index_job WHERE tenant = ? AND namespace = ? AND document = ? AND open = 1";
    static final String BOUND =
            "SELECT pk FROM index_job WHERE tenant = ? AND namespace = ? AND conversation = ? AND open = 1";
    static final String OVER =
            "SELECT pk FROM index_job WHERE open = 0 AND changed < unixepoch() - ? ORDER BY changed LIMIT 16";

    private JobRows() {}

    static IndexJob read(ResultSet row) throws SQLException {
        String code = row.getString(13);
        return new IndexJob(
                row.getString(1),
                new Scope(row.getString(2), row.getString(3)),
                row.getString(4),
                row.getString(5),
                DocumentRows.metadata(row.getString(6)),
                row.getBoolean(7),
                Status.valueOf(row.getString(8)),
                row.getInt(9),
                row.getInt(10),
                row.getInt(11),
                Instants.instant(row.getLong(12)),
                problem(code, row.getString(14)),
                Instants.instant(row.getLong(15)));
    }

    private static @Nullable Problem problem(@Nullable String code, @Nullable String message) {
        return code == null || message == null ? null : new Problem(code, message);
    }

    static void add(Session session, IndexJob job) throws SQLException {
        long pk = session.insert(
                "INSERT INTO index_job (tenant, namespace, id, conversation, force, status, open, done, pages, attempts,"
                        + " due, at, changed) VALUES (?, ?, ?, ?, ?, '', 0, 0, 0, 0, 0, ?, 0)",
                job.scope().tenant(),
                job.scope().namespace(),
                job.id(),
                job.conversation(),
                job.force(),
                Instants.micros(job.at()));
        String metadata = DocumentRows.joined(job.metadata());
        if (job.address() != null || metadata != null) {
            session.update(
                    "INSERT INTO document_description (job, media_type, address, metadata) VALUES (?, '', ?, ?)",
                    pk,
                    job.address(),
                    metadata);
        }
        change(session, pk, job);
    }

    /** Writes what changes while a job is worked. */
    static void change(Session session, long pk, IndexJob job) throws SQLException {
        session.update(
                "UPDATE index_job SET document = ?, conversation = ?, status = ?, open = ?, done = ?, pages = ?, attempts = ?, due = ?,"
                        + " error_code = ?, error_message = ?, changed = unixepoch() WHERE pk = ?",
                job.document(),
                job.conversation(),
                job.status().name(),
                job.status().open(),
                job.done(),
                job.pages(),
                job.attempts(),
                Instants.micros(job.due()),
                job.error() == null ? null : job.error().code(),
                job.error() == null ? null : job.error().message(),
                pk);
        if (job.address() == null && job.metadata().isEmpty()) {
            DocumentRows.emptyOfJob(session, pk);
        }
    }

    static void erase(Session session, Scope scope, String document) throws SQLException {
        erase(session, session.list(OF_DOCUMENT, row -> row.getLong(1), scope.tenant(), scope.namespace(), document));
    }

    static boolean eraseOf(Session session, ConversationKey key) throws SQLException {
        var scope = key.scope();
        var bound = session.list(BOUND, row -> row.getLong(1), scope.tenant(), scope.namespace(), key.id());
        erase(session, bound);
        return !bound.isEmpty();
    }

    static void erase(Session session, List<Long> jobs) throws SQLException {
        for (long job : jobs) {
            DocumentRows.emptyOfJob(session, job);
            session.update("DELETE FROM index_job WHERE pk = ?", job);
        }
    }
}
