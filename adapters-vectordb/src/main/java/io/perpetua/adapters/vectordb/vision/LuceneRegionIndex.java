package io.perpetua.adapters.vectordb.vision;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.perpetua.adapters.vectordb.memory.IndexFiles;
import io.perpetua.adapters.vectordb.memory.OpenIndex;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.vision.RegionIndex;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionSignals;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The index of regions in a directory of this machine; nothing of it is kept on the heap. */
@Singleton
@Requires(property = "perpetua.index", value = "lucene", defaultValue = "lucene")
final class LuceneRegionIndex implements RegionIndex, AutoCloseable {

    private final OpenIndex index;
    private final AtomicBoolean erased = new AtomicBoolean();

    /** The index in the data directory. */
    @Inject
    LuceneRegionIndex(@Property(name = "perpetua.data") String data) {
        this(() -> IndexFiles.directory(Path.of(data, "regions")));
    }

    LuceneRegionIndex(IndexFiles.Place place) {
        index = new OpenIndex(place, RegionDocuments.LAYOUT, () -> {});
    }

    /** Between the two a search may miss the page: none is put twice in a while. */
    @Override
    public void put(Scope scope, String document, int page, List<Indexed> regions) {
        index.shared("take regions in", files -> {
            files.writer().deleteDocuments(RegionDocuments.page(scope, document, page));
            for (Indexed region : regions) {
                files.writer().addDocument(RegionDocuments.of(scope, document, page, region));
            }
            return true;
        });
    }

    @Override
    public void erase(Scope scope, String document, int after) {
        index.shared("erase regions", files -> {
            files.writer().deleteDocuments(RegionDocuments.after(scope, document, after));
            erased.set(true);
            return true;
        });
    }

    @Override
    public void flush() {
        boolean expunge = erased.getAndSet(false);
        try {
            index.shared("write to disk", files -> {
                if (expunge) {
                    files.expunge();
                }
                files.commit();
                return true;
            });
            if (expunge) {
                index.alone("delete what was erased", files -> {
                    files.dropOld();
                    return true;
                });
            }
        } catch (RuntimeException e) {
            erased.compareAndSet(false, expunge);
            throw e;
        }
        if (index.takeLoss()) {
            throw new IndexUnavailable("what was put since the last flush was lost in a failure", null);
        }
    }

    @Override
    public RegionSignals search(Scope scope, RegionFilter filter, String query, float @Nullable [] vector) {
        return index.shared("search", files -> {
            files.see(files.writer().getMaxCompletedSequenceNumber());
            var searcher = files.searchers().acquire();
            try {
                return new RegionSearch()
                        .run(searcher.getIndexReader(), RegionDocuments.key(scope), filter, query, vector);
            } finally {
                files.searchers().release(searcher);
            }
        });
    }

    @Override
    public boolean needsRebuild() {
        return index.shared("say what it holds", files -> !files.refilled());
    }

    @Override
    public void rebuilt() {
        index.shared("write to disk", files -> {
            files.note(true);
            return true;
        });
    }

    @Override
    @PreDestroy
    public void close() throws IOException {
        index.close();
    }
}
