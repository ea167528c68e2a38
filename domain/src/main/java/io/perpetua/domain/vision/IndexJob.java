package io.perpetua.domain.vision;

import io.perpetua.domain.conversation.Scope;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The indexing of a document: what is to be done, and how far it is.
 *
 * @param scope whose document
 * @param document its id; null until it has been fetched
 * @param address where to fetch it; null where it was sent
 * @param metadata what is said about it, as {@link Document#metadata} has it
 * @param force whether it is read again although it has been read
 * @param status how it stands
 * @param done pages that are indexed and will not be done again
 * @param pages how many there are; 0 until that is known
 * @param attempts how often it was begun since it last got on
 * @param due when it may be gone on with, to the microsecond
 * @param error why it failed, or why it has to be tried again, or what is to be said of its document though it succeeded;
 *     null where none is so
 * @param at when it was asked for, to the microsecond
 */
public record IndexJob(
        String id,
        Scope scope,
        @Nullable String document,
        @Nullable String address,
        Map<String, String> metadata,
        boolean force,
        Status status,
        int done,
        int pages,
        int attempts,
        Instant due,
        @Nullable Problem error,
        Instant at) {

    /** How a job stands. */
    public enum Status {
        QUEUED("queued"),
        RUNNING("running"),
        SUCCEEDED("succeeded"),
        FAILED("failed");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }

        /** The name on the wire. */
        public String wire() {
            return wire;
        }

        /** Whether there is something left to do. */
        public boolean open() {
            return this == QUEUED || this == RUNNING;
        }
    }

    /**
     * Why it failed.
     *
     * @param code a stable word for programs
     * @param message for people
     */
    public record Problem(String code, String message) {}

    public IndexJob {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A job that nothing has been done for. */
    public static IndexJob queued(
            String id,
            Scope scope,
            @Nullable String document,
            @Nullable String address,
            Map<String, String> metadata,
            boolean force,
            Instant at) {
        return new IndexJob(id, scope, document, address, metadata, force, Status.QUEUED, 0, 0, 0, at, null, at);
    }

    /** The conversation that its document is to belong to, null where it belongs to none. */
    public @Nullable String conversation() {
        return Document.text(metadata, Document.CONVERSATION);
    }

    /** How much of it is done, from 0 to 1. */
    public double progress() {
        if (status == Status.SUCCEEDED) {
            return 1;
        }
        return pages == 0 ? 0 : (double) done / pages;
    }

    /** Begun, once more. */
    public IndexJob begun() {
        return with(document, Status.RUNNING, done, pages, attempts + 1, due, null);
    }

    /** The document is there. */
    public IndexJob fetched(String id) {
        return with(id, status, done, pages, 1, due, null).described();
    }

    /** The document is there, and what was said about it is with it now: where it belongs is no matter of the job's any more. */
    public IndexJob described() {
        return new IndexJob(id, scope, document, null, Map.of(), force, status, done, pages, attempts, due, error, at);
    }

    /** Whether nothing of the document has been read for it. */
    public boolean isUntouched() {
        return status == Status.QUEUED && done == 0;
    }

    /** So many pages are to be done. */
    public IndexJob counted(int all) {
        return with(document, status, done, all, attempts, due, error);
    }

    /** It got on: {@code through} of {@code all} pages are done. */
    public IndexJob through(int through, int all) {
        return with(document, status, through, all, 1, due, null);
    }

    /** Broken off by no fault of its own, to be gone on with. */
    public IndexJob putBack() {
        return with(document, Status.QUEUED, done, pages, Math.max(0, attempts - 1), due, error);
    }

    /** To be begun at {@code time}, and not before. */
    public IndexJob retriedAt(Instant time, @Nullable Problem problem) {
        return with(document, Status.QUEUED, done, pages, attempts, time, problem);
    }

    /**
     * Done.
     *
     * @param warning what is to be said of its document all the same, null for nothing
     */
    public IndexJob succeeded(int all, @Nullable Problem warning) {
        return ended(Status.SUCCEEDED, all, all, warning);
    }

    public IndexJob failed(Problem problem) {
        return ended(Status.FAILED, done, pages, problem);
    }

    /** What was said about the document is with the document now, or nowhere. */
    private IndexJob ended(Status how, int through, int all, @Nullable Problem problem) {
        return new IndexJob(id, scope, document, null, Map.of(), force, how, through, all, attempts, due, problem, at);
    }

    private IndexJob with(
            @Nullable String newDocument,
            Status newStatus,
            int newDone,
            int newPages,
            int newAttempts,
            Instant newDue,
            @Nullable Problem newError) {
        return new IndexJob(
                id,
                scope,
                newDocument,
                address,
                metadata,
                force,
                newStatus,
                newDone,
                newPages,
                newAttempts,
                newDue,
                newError,
                at);
    }
}
