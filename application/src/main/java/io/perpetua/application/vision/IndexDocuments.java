package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.vision.DocumentFailure.Kind;
import io.perpetua.application.vision.VisionListener.Outcome;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.IndexJob.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A job is worked by who holds the lease of its document, so that those of one document take turns; what two do at once by
 * mistake does no harm, since the same document is read into the same regions. A begun job counts as an attempt before anything is done for it, so that a document which brings the
 * process down is given up after a few starts. How far a job is is noted after the index has been made durable: what was
 * done after that is done again.
 */
/** Use case: work the jobs that wait. Safe for concurrent use: each thread works a job of its own. */
public final class IndexDocuments {

    /** Why there is nothing to be read any more. */
    static final Problem DELETED = new Problem(
            "document_deleted",
            "the document was deleted meanwhile, by itself or with the conversation that it belongs to");

    private final IndexJobs jobs;
    private final Documents documents;
    private final DocumentWork work;
    private final HoldLeases leases;
    private final VisionLimits limits;
    private final InstantSource clock;
    private final VisionListener listener;
    private final Consumer<Throwable> faults;

    private final Set<String> worked = ConcurrentHashMap.newKeySet();

    /** When each tenant's turn was last, by a counter: tenants take turns. */
    private final Map<String, Long> served = new ConcurrentHashMap<>();

    private final AtomicLong turns = new AtomicLong();
    private volatile boolean stopped;

    /** What documents are read with. */
    public record Tools(DocumentFetcher fetcher, DocumentReader reader, Workspace workspace) {}

    /**
     * Works jobs.
     *
     * @param embedder null to index words only
     * @param threads where vectors are made
     * @param faults told what nobody expected, for a log
     */
    public IndexDocuments(
            IndexJobs jobs,
            Documents documents,
            RegionIndex index,
            Tools tools,
            @Nullable Embedder embedder,
            Executor threads,
            TokenCounter counter,
            HoldLeases leases,
            VisionLimits limits,
            InstantSource clock,
            VisionListener listener,
            Consumer<Throwable> faults) {
        this.jobs = jobs;
        this.documents = documents;
        this.leases = leases;
        this.limits = limits;
        this.clock = clock;
        this.listener = listener;
        this.faults = faults;
        this.work = new DocumentWork(
                jobs,
                documents,
                index,
                new PageIndexing(documents, index, embedder, threads),
                tools,
                counter,
                limits,
                () -> stopped,
                this::isAwaited,
                this::now);
    }

    /**
     * Works the next job that is due and that nobody else works.
     *
     * @return whether there was one
     * @throws StoreUnavailable when the store does not answer; the job is gone on with when it does
     */
    public boolean step() {
        for (IndexJob job : due()) {
            String what = job.document() == null ? job.id() : job.document();
            if (!stopped && worked.add(what)) {
                try (var lease = leases.take("vision/" + what)) {
                    if (lease != null && takeOn(job)) {
                        return true;
                    }
                } finally {
                    worked.remove(what);
                }
            }
        }
        return false;
    }

    /** Those that may be begun now: first those of the tenant whose turn was longest ago, of each the oldest first. */
    private List<IndexJob> due() {
        var now = now();
        var open = jobs.open();
        served.keySet().retainAll(open.stream().map(job -> job.scope().tenant()).toList());
        return open.stream()
                .filter(job -> !job.due().isAfter(now))
                .sorted(Comparator.comparingLong(
                        job -> served.getOrDefault(job.scope().tenant(), 0L)))
                .toList();
    }

    /** Whether a job of another tenant could be begun that nobody works. */
    private boolean isAwaited(IndexJob job) {
        var now = now();
        return jobs.open().stream()
                .anyMatch(each -> each.status() == IndexJob.Status.QUEUED
                        && !each.due().isAfter(now)
                        && !each.scope().tenant().equals(job.scope().tenant()));
    }

    /** Ends what is under way after the page at hand; the store keeps the rest for the next start. */
    public void stop() {
        stopped = true;
    }

    private boolean takeOn(IndexJob seen) {
        var job = jobs.find(seen.scope(), seen.id()); // another instance may have worked it meanwhile
        if (job == null || !job.status().open() || job.due().isAfter(now())) {
            return false;
        }
        served.put(job.scope().tenant(), turns.incrementAndGet());
        if (job.attempts() >= limits.attempts()) {
            end(job.failed(new Problem(
                    "too_many_attempts",
                    "reading was begun " + job.attempts() + " times and never got on; it is given up")));
            return true;
        }
        var begun = job.begun();
        if (jobs.update(begun)) {
            work(begun);
        }
        return true;
    }

    @SuppressWarnings("IllegalCatch") // whatever a document makes a reader throw, the next document is to have its turn
    private void work(IndexJob begun) {
        var progress = new DocumentWork.Run(begun);
        try {
            end(work.through(progress));
        } catch (DocumentFailure e) {
            failed(progress.job(), e.kind(), new Problem(e.code(), told(e)));
        } catch (EmbedderUnavailable e) {
            failed(
                    progress.job(),
                    Kind.UNAVAILABLE,
                    new Problem("embedder_unavailable", "the embedder does not answer"));
        } catch (IndexUnavailable e) {
            failed(progress.job(), Kind.UNAVAILABLE, new Problem("index_unavailable", "the index does not answer"));
        } catch (DocumentWork.Stopped | DocumentWork.Yielded e) {
            jobs.update(progress.job().putBack());
        } catch (DocumentWork.Gone e) {
            end(progress.job().failed(DELETED));
        } catch (StoreUnavailable | OutOfMemoryError e) {
            throw e; // nothing is known of the store, or of the process
        } catch (Throwable e) {
            if (stopped) {
                jobs.update(progress.job().putBack()); // it was interrupted
                return;
            }
            faults.accept(e);
            end(progress.job()
                    .failed(new Problem(
                            "internal_error",
                            "the server failed to read the document; its log tells more under " + begun.id())));
        }
    }

    private static String told(DocumentFailure failure) {
        String message = failure.getMessage();
        return message == null ? failure.code() : message;
    }

    private void failed(IndexJob job, Kind kind, Problem problem) {
        if (kind == Kind.UNAVAILABLE && job.attempts() < limits.attempts()) {
            jobs.update(job.retriedAt(now().plus(limits.pauseAfter(job.attempts())), problem));
        } else {
            end(job.failed(problem));
        }
    }

    /** What was never read to its end is of no use to anybody. */
    private void end(IndexJob job) {
        String id = job.document();
        var found = id == null ? null : documents.find(job.scope(), id);
        if (job.status() == IndexJob.Status.FAILED && found != null && !found.ready()) {
            documents.erase(job.scope(), found.id());
        }
        if (jobs.update(job)) {
            boolean succeeded = job.status() == IndexJob.Status.SUCCEEDED;
            listener.indexed(succeeded ? Outcome.OK : Outcome.FAILED, Duration.between(job.at(), clock.instant()));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
