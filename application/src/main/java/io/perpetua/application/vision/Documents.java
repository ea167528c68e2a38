package io.perpetua.application.vision;

import io.perpetua.application.StoreUnavailable;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.Document;
import io.perpetua.domain.vision.KeptRegion;
import io.perpetua.domain.vision.Page;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionId;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of each scope, with their bytes, pages and regions. What is erased is gone with all of that at once; what
 * is derived from it goes later, as told by {@link #erased}. Driven port; safe for concurrent use; every method throws
 * {@link StoreUnavailable}.
 */
public interface Documents {

    /** A region as it is to be kept: what was found, and what its text costs. */
    record Counted(PageRegion region, int tokens) {}

    /** A page with its regions, in reading order. */
    record KeptPage(Page page, List<KeptRegion> regions) {

        public KeptPage {
            regions = List.copyOf(regions);
        }
    }

    /** A document among those of all scopes. */
    record Located(Scope scope, Document document) {}

    /**
     * A document that has been erased, and may be in the index still.
     *
     * @param name what {@link #forget} knows it by
     */
    record Erased(String name, Scope scope, String document) {}

    /** A document's bytes in a file, which is theirs until this is closed. Nobody writes to it. */
    interface Content extends AutoCloseable {

        Path file();

        @Override
        void close();
    }

    /**
     * Keeps a document that is not there yet.
     *
     * @param content its bytes, which are copied
     * @return false where one of its id is there already, which stays as it is
     */
    boolean keep(Scope scope, Document document, Path content);

    @Nullable
    Document find(Scope scope, String id);

    /**
     * A scope's documents in the order of their ids.
     *
     * @param after the id after which to begin, null for the beginning
     */
    List<Document> list(Scope scope, @Nullable String after, int limit);

    /**
     * The documents of all scopes, each once, in an order that stays; what comes meanwhile may be left out.
     *
     * @param after the one after which to begin, null for the beginning
     */
    List<Located> all(@Nullable Located after, int limit);

    /** Replaces what is said about a document. Returns whether it is there. */
    boolean describe(Scope scope, String id, Map<String, String> metadata);

    /**
     * Replaces a page with its regions.
     *
     * @param regions in the order of their ordinals
     * @return false where the document is not there (any more)
     */
    boolean put(Scope scope, String id, Page page, List<Counted> regions);

    /**
     * Notes that a document has been read to its end; pages beyond go.
     *
     * @return false where it is not there (any more)
     */
    boolean complete(Scope scope, String id, int pages);

    /**
     * Pages of a document, ascending; empty where there are none.
     *
     * @param after the number after which to begin, 0 for the beginning
     */
    List<KeptPage> pages(Scope scope, String id, int after, int limit);

    /** Those of the regions that are there, each once, in no order. */
    List<KeptRegion> regions(Scope scope, Collection<RegionId> ids);

    /** A document's bytes; null where it is not there. */
    @Nullable
    Content open(Scope scope, String id);

    /** Erases a document. Returns whether it was there. */
    boolean erase(Scope scope, String id);

    /** The documents whose metadata names a conversation, in the order of their ids. */
    List<Document> of(ConversationKey conversation);

    /**
     * Erases the documents whose metadata names a conversation, and the jobs that are to bring such, as the erasure of that
     * conversation does. Returns whether there were any. The conversation need not be there.
     */
    boolean eraseOf(ConversationKey conversation);

    /** Documents that have been erased and not been forgotten, the oldest first. */
    List<Erased> erased(int limit);

    /** Forgets that a document was erased: nothing derived from it is left. */
    void forget(Erased erased);
}
