package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.lease.HoldLeases;
import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.EmbedderUnavailable;
import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.transfer.Progress;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.KeptRegion;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Use case: keep the index of regions as the documents are: without the erased ones, and filled again when it is lost. */
public final class TidyIndex {

    private static final int BATCH = 64;
    private static final int PAGES = 16;

    private final Documents documents;
    private final RegionIndex index;
    private final PageIndexing pages;
    private final HoldLeases leases;
    private volatile boolean stopped;

    /**
     * Keeps {@code index} as {@code documents} are.
     *
     * @param embedder null to index words only
     * @param threads where vectors are made
     */
    public TidyIndex(
            Documents documents, RegionIndex index, @Nullable Embedder embedder, Executor threads, HoldLeases leases) {
        this.documents = documents;
        this.index = index;
        this.pages = new PageIndexing(documents, index, embedder, threads);
        this.leases = leases;
    }

    /**
     * Sees all that was erased out of the index. A document that has come again meanwhile is put in again.
     *
     * @throws IndexUnavailable when the index does not answer; what is left is erased later
     * @throws StoreUnavailable when the store does not
     */
    public void eraseErased() {
        for (var gone = documents.erased(BATCH); !gone.isEmpty(); gone = documents.erased(BATCH)) {
            for (var each : gone) {
                index.erase(each.scope(), each.document(), 0);
            }
            index.flush();
            for (var each : gone) {
                if (documents.find(each.scope(), each.document()) != null) {
                    putAgain(each.scope(), each.document());
                    index.flush();
                }
                documents.forget(each);
            }
        }
    }

    /** The same for those who can do without. */
    public void eraseErasedIfPossible() {
        try {
            eraseErased();
        } catch (IndexUnavailable | StoreUnavailable | EmbedderUnavailable e) {
            // It is done later.
        }
    }

    /**
     * Fills an index again that has begun empty. Returns whether all is in it.
     *
     * @throws IndexUnavailable when the index does not answer
     * @throws EmbedderUnavailable when the embedder does not
     * @throws StoreUnavailable when the store does not
     */
    public boolean rebuildIfLost() {
        if (!index.needsRebuild()) {
            return true;
        }
        try (var lease = leases.take("vision/rebuild")) {
            if (lease != null) {
                rebuild((done, total) -> {});
            }
            return lease != null && !stopped;
        }
    }

    /** Ends what is under way after the page at hand. */
    public void stop() {
        stopped = true;
    }

    /**
     * Puts every page of every document into the index again, over what is there, which is found meanwhile. Broken off, it
     * is to be begun anew. Returns how many pages there were.
     *
     * @param progress told of the pages
     * @throws IndexUnavailable when the index does not answer
     * @throws EmbedderUnavailable when the embedder does not
     * @throws StoreUnavailable when the store does not
     */
    public long rebuild(Progress progress) {
        eraseErased();
        long pages = 0;
        var some = documents.all(null, BATCH);
        while (!some.isEmpty() && !stopped) {
            for (var each : some) {
                pages += putAgain(each.scope(), each.document().id());
                progress.done(pages, 0);
            }
            index.flush();
            some = documents.all(some.getLast(), BATCH);
        }
        if (!stopped) {
            index.rebuilt();
        }
        return pages;
    }

    /** Returns how many pages were put. */
    private int putAgain(Scope scope, String document) {
        int put = 0;
        var some = documents.pages(scope, document, 0, PAGES);
        while (!some.isEmpty()) {
            for (var page : some) {
                if (stopped) {
                    return put;
                }
                var regions = page.regions().stream().map(KeptRegion::region).toList();
                if (!pages.put(scope, document, page.page().number(), regions)) {
                    return put; // it has gone
                }
                put++;
            }
            some = documents.pages(scope, document, some.getLast().page().number(), PAGES);
        }
        return put;
    }
}
