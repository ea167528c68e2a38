package io.perpetua.application.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns text into points whose nearness is nearness of meaning: the dot product of two vectors is their cosine. Driven
 * port; safe for concurrent use. Every array belongs to the caller. The first call may wait until the model is loaded.
 */
public interface Embedder {

    /** Length of every vector. */
    int dimensions();

    /**
     * One unit vector per stretch of the text, in order; empty for a text with nothing to embed. A text of a paragraph
     * or two is one stretch, a longer one several; of a text of many pages the middle may be left out.
     *
     * @throws EmbedderUnavailable if the model cannot be loaded or does not work
     */
    List<float[]> embedPassage(String text);

    /**
     * The unit vector of a question; null when there is nothing to embed. One that fits into one stretch has the vector
     * it has as a passage; a longer one is judged by its beginning and its end. Does not wait behind passages.
     *
     * @throws EmbedderUnavailable if the model cannot be loaded or does not work
     */
    float @Nullable [] embedQuery(String text);
}
