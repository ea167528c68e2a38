package io.perpetua.adapters.sqlite;

import io.perpetua.application.vision.IndexJobs;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.IndexJob;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be indexed, in SQLite (see the ninth script). */
@Singleton
@Embedded
final class SqliteIndexJobs implements IndexJobs {

    private final Database database;

    SqliteIndexJobs(Database database) {
        this.database = database;
    }

    @Override
    public Added add(IndexJob job, int most, int mostOfTenant) {
        return database.write(session -> {
            JobRows.erase(session, session.list(JobRows.OVER, row -> row.getLong(1), KEPT.toSeconds()));
            if (job.status().open()) {
                if (session.number("SELECT count(*) FROM index_job WHERE open = 1") >= most) {
                    return Added.FULL;
                }
                String tenant = job.scope().tenant();
                if (session.number("SELECT count(*) FROM index_job WHERE open = 1 AND tenant = ?", tenant)
                        >= mostOfTenant) {
                    return Added.TENANT_FULL;
                }
            }
            JobRows.add(session, job);
            return Added.ADDED;
        });
    }

    @Override
    public @Nullable IndexJob find(Scope scope, String id) {
        return database.read(
                session -> session.first(JobRows.OF, JobRows::read, scope.tenant(), scope.namespace(), id));
    }

    @Override
    public List<IndexJob> open() {
        return database.read(session -> session.list(JobRows.OPEN, JobRows::read));
    }

    @Override
    public boolean update(IndexJob job) {
        return database.write(session -> {
            var scope = job.scope();
            Long pk = session.first(JobRows.ROW, row -> row.getLong(1), scope.tenant(), scope.namespace(), job.id());
            if (pk != null) {
                JobRows.change(session, pk, job);
            }
            return pk != null;
        });
    }

    @Override
    public void erase(Scope scope, String document) {
        database.erase(session -> {
            JobRows.erase(session, scope, document);
            return true;
        });
    }
}
