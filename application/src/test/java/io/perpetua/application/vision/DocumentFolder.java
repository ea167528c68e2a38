package io.perpetua.application.vision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.lease.InMemoryLeases;
import io.perpetua.application.memory.FakeEmbedder;
import io.perpetua.application.memory.PlainWords;
import io.perpetua.application.memory.QuestionVectors;
import io.perpetua.application.vision.RequestIndexing.Wish;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.tokens.WordEstimate;
import io.perpetua.domain.vision.IndexJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The use cases of documents over fakes: none at first, and jobs are worked when a test says so. */
public final class DocumentFolder {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final VisionLimits LIMITS = new VisionLimits(100_000, 4, 3, 3, Duration.ofSeconds(5));

    public final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    public final InMemoryIndexJobs jobs = new InMemoryIndexJobs();
    public final InMemoryDocuments documents = new InMemoryDocuments(jobs);
    public final InMemoryRegionIndex index = new InMemoryRegionIndex();
    public final FakeEmbedder embedder = new FakeEmbedder();
    public final PlainPages pages = new PlainPages();
    public final ScriptedFetcher fetcher = new ScriptedFetcher();
    public final InMemoryLeases leases = new InMemoryLeases(System::nanoTime);
    public final List<Throwable> faults = new CopyOnWriteArrayList<>();
    public final RecordedVision told = new RecordedVision();
    public final Workspace workspace = workspace();

    private final AtomicInteger numbers = new AtomicInteger();

    public final RequestIndexing indexing =
            new RequestIndexing(documents, jobs, LIMITS, workspace, this::id, now::get, () -> {});
    public final IndexDocuments working = working("this");
    public final TidyIndex tidy = new TidyIndex(documents, index, embedder, Runnable::run, leases("this"));
    public final BrowseDocuments browse = new BrowseDocuments(documents, jobs, tidy::eraseErasedIfPossible);
    public final SearchRegions search =
            new SearchRegions(documents, index, new QuestionVectors(embedder), new MatchingWords(PlainWords.INSTANCE));
    public final QuoteDocuments quotes = new QuoteDocuments(search, documents, WordEstimate.INSTANCE, () -> 0, true);
    public final DecodeRegions decode = new DecodeRegions(
            documents,
            pages,
            new DecodedCache(100, Duration.ofMinutes(10), () -> 0),
            2,
            Duration.ofSeconds(30),
            Executors.newVirtualThreadPerTaskExecutor(),
            told,
            faults::add);

    private String id() {
        return "job-" + numbers.incrementAndGet();
    }

    private HoldLeases leases(String instance) {
        return new HoldLeases(leases, instance, Duration.ofMinutes(1));
    }

    private static Workspace workspace() {
        try {
            return new Workspace(Files.createTempDirectory("documents-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What works the jobs in an instance of its own. */
    public IndexDocuments working(String instance) {
        return new IndexDocuments(
                jobs,
                documents,
                index,
                new IndexDocuments.Tools(fetcher, pages, workspace),
                embedder,
                Runnable::run,
                WordEstimate.INSTANCE,
                leases(instance),
                LIMITS,
                now::get,
                told,
                faults::add);
    }

    /** Works all jobs that are due. */
    public void work() {
        while (working.step()) {
            // There may be more.
        }
    }

    /** Has a document read to its end. Returns its id. */
    public String read(Scope scope, String content, Map<String, String> metadata) {
        var job = ask(scope, content, metadata);
        work();
        return document(job);
    }

    /** Asks for a document to be read. */
    public IndexJob ask(Scope scope, String content, Map<String, String> metadata) {
        return indexing.index(scope, content.getBytes(UTF_8), new Wish("text/plain", metadata, false));
    }

    /** The document of a job, as that is now. */
    public String document(IndexJob job) {
        String id = indexing.job(job.scope(), job.id()).document();
        if (id == null) {
            throw new AssertionError("no document yet");
        }
        return id;
    }
}
