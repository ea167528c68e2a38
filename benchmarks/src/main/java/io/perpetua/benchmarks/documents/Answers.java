package io.perpetua.benchmarks.documents;

import io.perpetua.adapters.documents.sample.Comparison;
import io.perpetua.adapters.documents.sample.Manual;
import io.perpetua.adapters.documents.sample.Question;
import io.perpetua.application.vision.RequestIndexing;
import io.perpetua.application.vision.RequestIndexing.Wish;
import io.perpetua.application.vision.SearchRegions;
import io.perpetua.application.vision.SearchRegions.Hit;
import io.perpetua.application.vision.SearchRegions.Query;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.IndexJob;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a manual is found in that the whole application has indexed, embedder included.
 *
 * @param indexed seconds from the request to the end of the job, the embedder's loading included
 * @param first questions of which the first region found is the one that answers
 * @param among questions of which it is among the first {@value #SOME}
 * @param milliseconds of a search, on average
 */
record Answers(int questions, double indexed, int first, int among, double milliseconds) {

    private static final int SOME = 5;
    private static final Scope SCOPE = new Scope("local", "bench");
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final double NANOS = 1e9;
    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    /** Has the manual of a seed indexed, and asks it all of its questions. */
    static Answers measure(Path folder, Manual manual, Path file, Comparison comparison) throws IOException {
        try (var context = Contexts.unhurried(null, folder.resolve("data"), Map.of())) {
            double indexed = index(context.getBean(RequestIndexing.class), Files.readAllBytes(file));
            var search = context.getBean(SearchRegions.class);
            int first = 0;
            int among = 0;
            long start = System.nanoTime();
            for (Question question : manual.questions()) {
                var hits = search.search(new Query(SCOPE, question.text(), SOME, RegionFilter.ALL, Map.of()))
                        .hits();
                var answer = comparison.pairs().get(question.answer());
                first += !hits.isEmpty() && is(hits.getFirst(), answer) ? 1 : 0;
                among += hits.stream().anyMatch(hit -> is(hit, answer)) ? 1 : 0;
            }
            int questions = manual.questions().size();
            double milliseconds = (System.nanoTime() - start) / NANOS_OF_A_MILLISECOND / Math.max(1, questions);
            return new Answers(questions, indexed, first, among, milliseconds);
        }
    }

    private static double index(RequestIndexing indexing, byte[] content) {
        long start = System.nanoTime();
        var job = indexing.index(SCOPE, content, new Wish("application/pdf", null, false));
        while (job.status().open()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("the manual is not indexed after " + PATIENCE);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            job = indexing.job(SCOPE, job.id());
        }
        if (job.status() != IndexJob.Status.SUCCEEDED) {
            throw new IllegalStateException("the manual is not indexed: " + job.error());
        }
        return (System.nanoTime() - start) / NANOS;
    }

    private static boolean is(Hit hit, @Nullable PageRegion answer) {
        var region = hit.region().region();
        return answer != null && region.page() == answer.page() && region.ordinal() == answer.ordinal();
    }

    Map<String, Object> json() {
        var document = new LinkedHashMap<String, Object>();
        document.put("questions", questions);
        document.put("indexed_seconds", indexed);
        document.put("right_first", first);
        document.put("right_among_" + SOME, among);
        document.put("search_ms", milliseconds);
        return document;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Indexed in %.1f s; of %d questions the right region comes first for %d, among %d for %d; %.1f ms a search.%n",
                indexed,
                questions,
                first,
                SOME,
                among,
                milliseconds);
    }
}
