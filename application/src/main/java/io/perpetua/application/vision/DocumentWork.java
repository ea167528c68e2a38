package io.perpetua.application.vision;

import io.perpetua.application.vision.DocumentFailure.Kind;
import io.perpetua.application.vision.Documents.Counted;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.DocumentId;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is done for one job: its document fetched, read page by page, kept and indexed. Safe for concurrent use. */
final class DocumentWork {

    /** Pages after which the index is made durable and the job's progress noted. */
    private static final int STRETCH = 8;

    private final IndexJobs jobs;
    private final Documents documents;
    private final RegionIndex index;
    private final PageIndexing pages;
    private final IndexDocuments.Tools tools;
    private final TokenCounter counter;
    private final VisionLimits limits;
    private final BooleanSupplier stopped;
    private final Predicate<IndexJob> awaited;
    private final Supplier<Instant> clock;

    /**
     * Does jobs.
     *
     * @param stopped whether the server is about to stop
     * @param awaited whether others wait for this job to make way, asked after each stretch of it
     */
    DocumentWork(
            IndexJobs jobs,
            Documents documents,
            RegionIndex index,
            PageIndexing pages,
            IndexDocuments.Tools tools,
            TokenCounter counter,
            VisionLimits limits,
            BooleanSupplier stopped,
            Predicate<IndexJob> awaited,
            Supplier<Instant> clock) {
        this.jobs = jobs;
        this.documents = documents;
        this.index = index;
        this.pages = pages;
        this.tools = tools;
        this.counter = counter;
        this.limits = limits;
        this.stopped = stopped;
        this.awaited = awaited;
        this.clock = clock;
    }

    /** The server is about to stop. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Somebody else's turn has come. */
    static final class Yielded extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Job or document have been deleted. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A job as it was noted last. For one thread. */
    static final class Run {

        private IndexJob job;

        Run(IndexJob job) {
            this.job = job;
        }

        IndexJob job() {
            return job;
        }
    }

    /** Does what is left to do. Returns the job as it has ended. */
    IndexJob through(Run run) {
        String known = run.job.document();
        String id = known == null ? fetched(run) : known;
        var document = documents.find(run.job.scope(), id);
        if (document == null) {
            throw new Gone();
        }
        if (document.ready() && !run.job.force()) {
            return run.job.succeeded(document.pages(), Unread.of(documents, run.job.scope(), id));
        }
        if (run.job.pages() == 0 || run.job.done() < run.job.pages()) {
            read(run, document);
        }
        int all = run.job.pages();
        index.erase(run.job.scope(), id, all);
        index.flush();
        if (!documents.complete(run.job.scope(), id, all)) {
            throw new Gone();
        }
        return run.job.succeeded(all, Unread.of(documents, run.job.scope(), id));
    }

    private void note(Run run, IndexJob job) {
        if (!jobs.update(job)) {
            throw new Gone();
        }
        run.job = job;
    }

    private String fetched(Run run) {
        var scope = run.job.scope();
        String address = run.job.address();
        if (address == null) {
            throw new IllegalStateException("a job with neither a document nor an address");
        }
        try (var draft = tools.workspace().empty()) {
            String mediaType = tools.fetcher().fetch(URI.create(address), draft.path());
            long bytes = Files.size(draft.path());
            if (bytes == 0 || bytes > limits.bytes()) {
                throw new DocumentFailure(
                        Kind.REFUSED,
                        bytes == 0 ? "document_empty" : "document_too_large",
                        "the document has " + bytes + " bytes; expected 1 to " + limits.bytes(),
                        null);
            }
            String id = DocumentId.of(scope, ContentDigest.of(draft.path()));
            var metadata = run.job.metadata();
            var document = new Document(id, mediaType, address, bytes, metadata, 0, false, clock.get());
            boolean kept = documents.keep(scope, document, draft.path());
            if (!kept && !metadata.isEmpty()) {
                documents.describe(scope, id, metadata);
            }
            if (!jobs.update(run.job.fetched(id))) {
                Withdrawal.of(run.job, id, kept, jobs, documents);
                throw new Gone();
            }
            run.job = run.job.fetched(id);
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("a file that was just written cannot be read", e);
        }
    }

    private void read(Run run, Document document) {
        try (var content = documents.open(run.job.scope(), document.id())) {
            if (content == null) {
                throw new Gone();
            }
            tools.reader()
                    .read(content.file(), document.mediaType(), run.job.done() + 1, new Taking(run, document.id()));
        }
    }

    /** Takes the pages of one document. */
    private final class Taking implements DocumentReader.Pages {

        private final Run run;
        private final String document;
        private int count;

        Taking(Run run, String document) {
            this.run = run;
            this.document = document;
        }

        @Override
        public void count(int all) {
            count = all;
            run.job = run.job.counted(all);
        }

        @Override
        public void page(Page page, List<PageRegion> regions) {
            if (stopped.getAsBoolean()) {
                throw new Stopped();
            }
            var scope = run.job.scope();
            var counted = regions.stream()
                    .map(region -> new Counted(region, counter.count(region.text())))
                    .toList();
            if (!documents.put(scope, document, page, counted)) {
                throw new Gone();
            }
            if (!pages.put(scope, document, page.number(), regions)) {
                throw new Gone();
            }
            if (page.number() % STRETCH == 0 || page.number() == count) {
                index.flush();
                note(run, run.job.through(page.number(), count));
                if (page.number() < count && awaited.test(run.job)) {
                    throw new Yielded();
                }
            }
        }
    }
}
