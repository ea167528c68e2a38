package io.perpetua.application.vision;

import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.PassageVectors;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.PageRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Puts pages into the index, with the vectors of their regions. Safe for concurrent use. */
final class PageIndexing {

    private final Documents documents;
    private final RegionIndex index;
    private final @Nullable PassageVectors vectors;
    private final Executor threads;

    /**
     * Puts pages of {@code documents} into {@code index}.
     *
     * @param embedder null to index words only
     * @param threads where vectors are made; the embedder bounds how many of them work at once
     */
    PageIndexing(Documents documents, RegionIndex index, @Nullable Embedder embedder, Executor threads) {
        this.documents = documents;
        this.index = index;
        this.vectors = embedder == null ? null : new PassageVectors(embedder);
        this.threads = threads;
    }

    /**
     * Replaces a page. A region that the embedder refuses is found by its words alone.
     *
     * @return false where the document has been erased meanwhile; nothing of the page is in the index then
     */
    boolean put(Scope scope, String document, int page, List<PageRegion> regions) {
        var made = regions.stream()
                .map(region -> CompletableFuture.supplyAsync(() -> vectors(region.text()), threads))
                .toList();
        var indexed = new ArrayList<RegionIndex.Indexed>();
        for (int i = 0; i < made.size(); i++) {
            var region = regions.get(i);
            indexed.add(new RegionIndex.Indexed(region.ordinal(), region.type(), region.text(), result(made.get(i))));
        }
        index.put(scope, document, page, indexed);
        if (documents.find(scope, document) != null) {
            return true; // whoever erases it now comes behind this
        }
        index.put(scope, document, page, List.of());
        index.flush();
        return false;
    }

    private List<float[]> vectors(String text) {
        if (vectors == null || text.isBlank()) {
            return List.of();
        }
        var made = vectors.of(text);
        return made == null ? List.of() : made;
    }

    private static List<float[]> result(CompletableFuture<List<float[]>> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EmbedderUnavailable unavailable ? unavailable : e;
        }
    }
}
