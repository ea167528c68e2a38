package io.perpetua.adapters.vectordb.memory;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.application.memory.TurnIndex;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.TurnSignals;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The turn index in a directory of this machine.
 *
 * <p>Everything about a turn but its words is kept on the heap for the branches searched last, and so are the words of
 * each one's newest turns: they are found from the moment they were put. Older words are found in the files, after a
 * refresh that a search does when too many turns of its branches were put since the last one.
 */
@Singleton
@Requires(property = "perpetua.index", value = "lucene", defaultValue = "lucene")
final class LuceneTurnIndex implements TurnIndex, AutoCloseable {

    /** What is kept on the heap where nothing is said: this share of the heap, but no more than {@link #MOST_KEPT}. */
    private static final int SHARE_KEPT = 4;

    private static final long MOST_KEPT = 256L << 20;
    private final OpenIndex index;
    private final Branches branches;

    /**
     * The index in the data directory.
     *
     * @param megabytes how much of it is kept on the heap
     */
    @Inject
    LuceneTurnIndex(
            @Property(name = "perpetua.data") String data,
            @Nullable @Property(name = "perpetua.memory.index-megabytes") Integer megabytes) {
        this(() -> IndexFiles.directory(Path.of(data, "index")), megabytes == null ? kept() : (long) megabytes << 20);
    }

    private static long kept() {
        return Math.min(MOST_KEPT, Runtime.getRuntime().maxMemory() / SHARE_KEPT);
    }

    /** An index at {@code place} that keeps about {@code cacheBytes} of it on the heap. */
    LuceneTurnIndex(IndexFiles.Place place, long cacheBytes) {
        branches = new Branches(new BranchCache(cacheBytes));
        index = new OpenIndex(place, TurnDocuments.LAYOUT, branches::forget);
    }

    @Override
    public void put(List<IndexedTurn> turns) {
        index.shared("take turns in", files -> {
            for (IndexedTurn turn : turns) {
                branches.put(files, turn);
            }
            return true;
        });
    }

    @Override
    public void erase(Scope scope, String branch, int after) {
        index.shared("erase turns", files -> {
            branches.erase(files, TurnDocuments.key(scope, branch), after);
            index.noteErasure();
            return true;
        });
    }

    @Override
    public void flush() {
        index.flush();
    }

    @Override
    public TurnSignals search(Scope scope, List<PathSegment> path, String query, float @Nullable [] queryVector) {
        return index.shared("search", files -> {
            PathRows rows = branches.on(files, scope, path);
            return new TurnSearch(files, rows).run(query, queryVector);
        });
    }

    @Override
    public boolean needsRebuild() {
        return !index.isRefilled();
    }

    @Override
    public void rebuilding() {
        index.noteRefilled();
    }

    @Override
    @PreDestroy
    public void close() throws IOException {
        index.close();
    }
}
