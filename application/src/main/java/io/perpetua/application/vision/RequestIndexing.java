package io.perpetua.application.vision;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.DocumentId;
import io.perpetua.domain.vision.IndexJob;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Use case: ask for documents to be indexed, and how far that is. Safe for concurrent use. */
public final class RequestIndexing {

    /** About how long one document takes: when it may help to ask again. */
    private static final Duration ONE_DOCUMENT = Duration.ofSeconds(15);

    /** Longer than it takes to keep a document, whose job is not begun before. */
    private static final Duration WRITING = Duration.ofMinutes(1);

    private final Documents documents;
    private final IndexJobs jobs;
    private final VisionLimits limits;
    private final Workspace workspace;
    private final Supplier<String> ids;
    private final InstantSource clock;
    private final Runnable wake;

    /**
     * Asks for documents to be indexed.
     *
     * @param wake tells whoever works jobs that there is one
     */
    public RequestIndexing(
            Documents documents,
            IndexJobs jobs,
            VisionLimits limits,
            Workspace workspace,
            Supplier<String> ids,
            InstantSource clock,
            Runnable wake) {
        this.documents = documents;
        this.jobs = jobs;
        this.limits = limits;
        this.workspace = workspace;
        this.ids = ids;
        this.clock = clock;
        this.wake = wake;
    }

    /**
     * What is said about a document.
     *
     * @param mediaType what it is, empty where nothing is said
     * @param metadata as {@link Document#metadata} has it; null to leave as it is what is kept already
     * @param force whether it is read again although it has been read
     */
    public record Wish(String mediaType, @Nullable Map<String, String> metadata, boolean force) {

        Map<String, String> said() {
            return metadata == null ? Map.of() : metadata;
        }
    }

    /** Has what is at {@code address} fetched and indexed. */
    public IndexJob fetch(Scope scope, URI address, Wish wish) {
        var job = added(IndexJob.queued(ids.get(), scope, null, address.toString(), wish.said(), wish.force(), now()));
        wake.run();
        return job;
    }

    /**
     * Has a document indexed. One that has been read already is not read again unless that is forced; of one that is
     * being read the job is told that does it. Where it is forced, that job has to be one that begins after this.
     *
     * @throws RequestRefused when it is empty or too large
     */
    public IndexJob index(Scope scope, byte[] content, Wish wish) {
        if (content.length == 0 || content.length > limits.bytes()) {
            throw new RequestRefused(
                    content.length == 0 ? Reason.INVALID : Reason.TOO_LARGE,
                    content.length == 0 ? "invalid_value" : "document_too_large",
                    "document",
                    "'document': expected 1 to " + limits.bytes() + " bytes, found " + content.length);
        }
        String id = DocumentId.of(scope, DocumentId.sha256().digest(content));
        var found = documents.find(scope, id);
        if (found != null && wish.metadata() != null) {
            documents.describe(scope, id, wish.metadata());
        }
        var job = IndexJob.queued(ids.get(), scope, id, null, wish.said(), wish.force(), now());
        if (found != null && found.ready() && !wish.force()) {
            return added(job.succeeded(found.pages(), Unread.of(documents, scope, id)));
        }
        var open = found == null ? null : open(scope, id, wish.force());
        if (open != null) {
            return open;
        }
        added(job.retriedAt(now().plus(WRITING), null)); // before anything large is written
        boolean kept = found == null && keep(scope, id, content, wish);
        if (!jobs.update(job.described())) {
            Withdrawal.of(job, id, kept, jobs, documents);
            return added(job.failed(IndexDocuments.DELETED));
        }
        wake.run();
        return job;
    }

    private @Nullable IndexJob open(Scope scope, String id, boolean force) {
        return jobs.open().stream()
                .filter(each -> each.scope().equals(scope) && id.equals(each.document()))
                .filter(each -> !force || (each.force() && each.isUntouched()))
                .findFirst()
                .orElse(null);
    }

    /** Keeps a document, or says of one that has come meanwhile what was said last. Returns whether it was not there. */
    private boolean keep(Scope scope, String id, byte[] content, Wish wish) {
        var document = new Document(id, wish.mediaType(), null, content.length, wish.said(), 0, false, now());
        try (var file = workspace.holding(content)) {
            boolean kept = documents.keep(scope, document, file.path());
            if (!kept && wish.metadata() != null) {
                documents.describe(scope, id, wish.metadata());
            }
            return kept;
        }
    }

    private IndexJob added(IndexJob job) {
        return switch (jobs.add(job, limits.queue(), limits.queueOfTenant())) {
            case ADDED -> job;
            case FULL -> throw full(VisionUnavailable.Reason.QUEUE_FULL);
            case TENANT_FULL -> throw full(VisionUnavailable.Reason.TENANT_QUEUE_FULL);
        };
    }

    private VisionUnavailable full(VisionUnavailable.Reason reason) {
        boolean ofTenant = reason == VisionUnavailable.Reason.TENANT_QUEUE_FULL;
        return new VisionUnavailable(
                reason,
                (ofTenant ? limits.queueOfTenant() + " documents of yours" : limits.queue() + " documents")
                        + " wait to be indexed, which is as many as may; nothing was taken in",
                ONE_DOCUMENT);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * The job that was given this id.
     *
     * @throws RequestRefused when there is none
     */
    public IndexJob job(Scope scope, String id) {
        var found = jobs.find(scope, id);
        if (found == null) {
            throw new RequestRefused(Reason.NOT_FOUND, "job_not_found", null, "there is no job '" + id + "'");
        }
        return found;
    }
}
