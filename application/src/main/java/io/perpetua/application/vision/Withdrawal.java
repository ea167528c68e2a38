package io.perpetua.application.vision;

import io.perpetua.domain.vision.IndexJob;

/*
 * Who erases a conversation, or a document, erases the documents that are there and the jobs that are to bring some. One
 * that is kept a moment later has to go by itself.
 */
/** What becomes of a document whose job was erased while it was being kept. */
final class Withdrawal {

    private Withdrawal() {}

    /**
     * Erases the document if it would not be there had it come before the erasure: if it was kept for this job alone, or
     * described as belonging to the job's conversation.
     *
     * @param job as it was before
     * @param kept whether the document was not there before this job
     */
    static void of(IndexJob job, String id, boolean kept, IndexJobs jobs, Documents documents) {
        if (jobs.find(job.scope(), job.id()) != null) {
            return; // another instance has ended it
        }
        var found = documents.find(job.scope(), id);
        String conversation = job.conversation();
        boolean bound = found != null && conversation != null && conversation.equals(found.conversation());
        if (kept || bound) {
            documents.erase(job.scope(), id);
        }
    }
}
