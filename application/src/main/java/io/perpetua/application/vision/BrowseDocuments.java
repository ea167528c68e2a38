package io.perpetua.application.vision;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.RequestRefused.Reason;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use case: look at the documents that are kept, and erase them. Safe for concurrent use. */
public final class BrowseDocuments {

    private final Documents documents;
    private final IndexJobs jobs;
    private final Runnable erased;

    /**
     * Looks at {@code documents}.
     *
     * @param erased run after a document has gone, to see it out of what is derived from it
     */
    public BrowseDocuments(Documents documents, IndexJobs jobs, Runnable erased) {
        this.documents = documents;
        this.jobs = jobs;
        this.erased = erased;
    }

    /** A scope's documents after that of id {@code after}, in the order of their ids. */
    public List<Document> list(Scope scope, @Nullable String after, int limit) {
        return documents.list(scope, after, limit);
    }

    /**
     * The document of this id.
     *
     * @throws RequestRefused when there is none
     */
    public Document get(Scope scope, String id) {
        var found = documents.find(scope, id);
        if (found == null) {
            throw missing(id);
        }
        return found;
    }

    /**
     * Erases a document with all that is kept of it, and what is under way for it.
     *
     * @throws RequestRefused when there is none
     */
    public void erase(Scope scope, String id) {
        jobs.erase(scope, id);
        if (!documents.erase(scope, id)) {
            throw missing(id);
        }
        erased.run();
    }

    private static RequestRefused missing(String id) {
        return new RequestRefused(Reason.NOT_FOUND, "document_not_found", null, "there is no document '" + id + "'");
    }
}
