package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.IndexJob;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be indexed, and what came of it. Jobs that have ended are kept for {@link #KEPT} at least, and no longer than
 * twice that. Driven port; safe for concurrent use; throws {@link StoreUnavailable}.
 */
public interface IndexJobs {

    /** How long the outcome of a job can be asked for. */
    Duration KEPT = Duration.ofDays(7);

    /** What came of adding a job. */
    enum Added {
        ADDED,
        /** As many are open as may. */
        FULL,
        /** As many of its tenant's are open as may. */
        TENANT_FULL
    }

    /**
     * Adds a job.
     *
     * @param most how many may be open with it
     * @param mostOfTenant how many of its tenant's may be
     */
    Added add(IndexJob job, int most, int mostOfTenant);

    @Nullable
    IndexJob find(Scope scope, String id);

    /** All open jobs, the oldest first. */
    List<IndexJob> open();

    /** Replaces the open job of this id and scope. Returns false where there is none (any more). */
    boolean update(IndexJob job);

    /** Forgets the open jobs of a document; those that have ended know no more of it than its id. */
    void erase(Scope scope, String document);
}
