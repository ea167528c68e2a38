package io.perpetua.application.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns text into points whose nearness is nearness of meaning. Driven port; safe for concurrent use. Its methods throw
 * {@link EmbedderUnavailable} when no vector could be made.
 */
public interface Embedder {

    /** The length of every vector. */
    int dimensions();

    /** One unit vector for each stretch of the text, in order; none for a text with nothing to embed. */
    List<float[]> embedPassage(String text);

    /** The unit vector of a question; null when there is nothing to embed. */
    float @Nullable [] embedQuery(String text);
}
