package io.perpetua.adapters.llm.embedding;

import ai.onnxruntime.OrtException;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.EmbedderUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * Two lanes, each as wide as there are processors. A query therefore never queues behind an import: it starts at once
 * and shares the processors with the passages that happen to run. A long passage goes through its lane one stretch at a
 * time, so that other passages get their turns in between.
 *
 * The model is loaded on a thread of its own from construction on, so that the server can answer while it is; who needs
 * a vector before that waits. If it cannot be loaded (no native library for this machine, no room to unpack it), that is
 * every later call's EmbedderUnavailable, and the rest of the server goes on.
 */
/** bge-small-en-v1.5 in this process. */
@Singleton
@Requires(property = "perpetua.embedder", value = "bge-small-en-v1.5", defaultValue = "bge-small-en-v1.5")
final class BgeEmbedder implements Embedder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BgeEmbedder.class);

    /** Above this many characters the middle of a query is not even looked at; what is kept is more than a stretch. */
    private static final int LONGEST_QUERY = 8_000;

    /** Above this many characters the middle of a passage is found by its words alone. */
    private static final int LONGEST_PASSAGE = 64_000;

    /** Stretches of a passage that are embedded: a second's work, some 8,000 pieces. */
    private static final int MOST_STRETCHES = 32;

    /**
     * A query's word pieces that are embedded. It is waited for, at about a sixth of a millisecond a piece, and a long
     * message says at its ends what it is about.
     */
    private static final int QUERY_PIECES = 96;

    /**
     * Bytes of stack to load on. ONNX Runtime matches a regular expression against the command line of the process when it
     * starts, recursing at every character: with a long class path, a usual stack ends and the process with it.
     */
    private static final long LOADING_STACK = 256L << 20;

    private static final int LOADING_SECONDS = 10;

    private final FutureTask<BgeModel> model;
    private final Lane passages = new Lane("embed-passage", Runtime.getRuntime().availableProcessors());
    private final Lane queries = new Lane("embed-query", Runtime.getRuntime().availableProcessors());
    private final RecentQueries recent = new RecentQueries();

    @Inject
    BgeEmbedder(@Value("${perpetua.data:}") String data) {
        this(() -> BgeModel.load(libraries(data)));
    }

    BgeEmbedder(Callable<BgeModel> load) {
        model = new FutureTask<>(load);
        Thread.ofPlatform().name("embed-load").daemon().stackSize(LOADING_STACK).start(this::load);
    }

    @Override
    public int dimensions() {
        return BgeModel.DIMENSIONS;
    }

    @Override
    public List<float[]> embedPassage(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        BgeModel loaded = loaded();
        Pieces pieces = passages.run(() -> loaded.pieces(bothEnds(text, LONGEST_PASSAGE)));
        List<float[]> vectors = new ArrayList<>();
        for (Stretches.Range stretch : bothEnds(Stretches.of(pieces))) {
            long[] ids = Arrays.copyOfRange(pieces.ids(), stretch.from(), stretch.to());
            vectors.add(passages.run(() -> loaded.vector(ids)));
        }
        return vectors;
    }

    @Override
    public float @Nullable [] embedQuery(String text) {
        if (text.isBlank()) {
            return null;
        }
        float[] known = recent.find(text);
        if (known != null) {
            return known;
        }
        BgeModel loaded = loaded();
        long[] ids = queries.run(
                () -> bothEnds(loaded.pieces(bothEnds(text, LONGEST_QUERY)).ids()));
        if (ids.length == 0) {
            return null;
        }
        float[] vector = queries.run(() -> loaded.vector(ids));
        recent.keep(text, vector);
        return vector;
    }

    @Override
    @PreDestroy
    public void close() throws OrtException {
        boolean noQuery = queries.finish();
        boolean noPassage = passages.finish();
        // To free the model under a thread that still computes with it would bring the process down; and so would the
        // end of the process under the thread that still loads it.
        if (loadedInTime() && noQuery && noPassage) {
            model.resultNow().close();
        }
    }

    private boolean loadedInTime() {
        try {
            model.get(LOADING_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void load() {
        model.run();
        if (model.state() == Future.State.FAILED) {
            LOG.warn(
                    "Nothing can be embedded, memory works by words alone: {}",
                    model.exceptionNow().toString());
        }
    }

    private static Path libraries(String data) {
        Path root = data.isEmpty() ? Path.of(System.getProperty("user.home"), ".perpetua") : Path.of(data);
        return root.resolve("native");
    }

    private BgeModel loaded() {
        try {
            return model.get();
        } catch (ExecutionException e) {
            throw new EmbedderUnavailable("the embedder could not be loaded", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbedderUnavailable("interrupted while the embedder was loading", e);
        }
    }

    /** In a long message, what it is about stands at the beginning or the end. */
    private static String bothEnds(String text, int longest) {
        int half = longest / 2;
        return text.length() <= longest ? text : text.substring(0, half) + ' ' + text.substring(text.length() - half);
    }

    private static List<Stretches.Range> bothEnds(List<Stretches.Range> stretches) {
        if (stretches.size() <= MOST_STRETCHES) {
            return stretches;
        }
        var kept = new ArrayList<>(stretches.subList(0, MOST_STRETCHES / 2));
        kept.addAll(stretches.subList(stretches.size() - MOST_STRETCHES / 2, stretches.size()));
        return kept;
    }

    private static long[] bothEnds(long[] ids) {
        if (ids.length <= QUERY_PIECES) {
            return ids;
        }
        int half = QUERY_PIECES / 2;
        long[] kept = Arrays.copyOf(ids, 2 * half);
        System.arraycopy(ids, ids.length - half, kept, half, half);
        return kept;
    }
}
