package io.perpetua.application.vision;

import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionSignals;
import io.perpetua.domain.vision.RegionType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The index of regions: derived from the documents that are kept, disposable. What was put is found by the next search; it
 * is durable, and what was erased is gone from the index's files, when {@link #flush} has returned. Driven port; safe for
 * concurrent use; every method throws {@link IndexUnavailable} when the index does not answer. What was put or erased since
 * the last flush that returned may be lost then, and is to be given again.
 */
public interface RegionIndex {

    /**
     * A region as the index takes it in.
     *
     * @param ordinal its place on the page
     * @param vectors the embeddings of its text's parts, none of them empty; none when there is no embedder
     */
    record Indexed(int ordinal, RegionType type, String text, List<float[]> vectors) {

        public Indexed {
            vectors = List.copyOf(vectors);
        }
    }

    /** Replaces the regions of a page. */
    void put(Scope scope, String document, int page, List<Indexed> regions);

    /** Forgets the pages of a document numbered above {@code after}: with 0, all of it. */
    void erase(Scope scope, String document, int after);

    /** Makes all of the above durable. Slow enough to be done in batches. */
    void flush();

    /**
     * What speaks for each region of a scope that passes {@code filter}. Scores rest on those regions alone: no others,
     * and no other scope's, have a part in them.
     *
     * @param query what is asked; may be empty
     * @param vector the query's embedding; null leaves every region's meaning unknown
     */
    RegionSignals search(Scope scope, RegionFilter filter, String query, float @Nullable [] vector);

    /**
     * Whether the index began empty (it is new, or what was found was damaged or of another format) and nobody has called
     * {@link #rebuilt} since. It may become true while the index is in use, when damage is found.
     */
    boolean needsRebuild();

    /** Notes, durably, that all that is kept has been put in again. */
    void rebuilt();
}
