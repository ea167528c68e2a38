package io.perpetua.application.vision;

class InMemoryDocumentsTest extends DocumentsContract {

    private final InMemoryIndexJobs jobs = new InMemoryIndexJobs();
    private final InMemoryDocuments documents = new InMemoryDocuments(jobs);

    @Override
    protected Documents documents() {
        return documents;
    }

    @Override
    protected IndexJobs jobs() {
        return jobs;
    }
}
