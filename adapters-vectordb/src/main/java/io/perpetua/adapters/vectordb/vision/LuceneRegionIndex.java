package io.perpetua.adapters.vectordb.vision;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.perpetua.adapters.vectordb.memory.IndexFiles;
import io.perpetua.adapters.vectordb.memory.OpenIndex;
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
import org.jspecify.annotations.Nullable;

/** The index of regions in a directory of this machine; nothing of it is kept on the heap. */
@Singleton
@Requires(property = "perpetua.index", value = "lucene", defaultValue = "lucene")
final class LuceneRegionIndex implements RegionIndex, AutoCloseable {

    private final OpenIndex index;

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
            index.noteErasure();
            return true;
        });
    }

    @Override
    public void flush() {
        index.flush();
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
        return !index.isRefilled();
    }

    @Override
    public void rebuilt() {
        index.noteRefilled();
    }

    @Override
    @PreDestroy
    public void close() throws IOException {
        index.close();
    }
}
