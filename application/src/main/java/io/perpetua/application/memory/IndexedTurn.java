package io.perpetua.application.memory;

import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Passages;
import java.util.List;

/**
 * A turn as the index takes it in. Its words are those of {@code "name: text"}, or of the text where there is no name.
 *
 * @param scope whose it is
 * @param branch the conversation that wrote it
 * @param turn the turn
 * @param vectors the embeddings of its parts, none of them empty; no vectors when there is no embedder
 * @param passage the embedding of the passage that ends with it, as {@link Passages} cuts them; none where none does
 */
public record IndexedTurn(Scope scope, String branch, Turn turn, List<float[]> vectors, List<float[]> passage) {

    public IndexedTurn {
        vectors = List.copyOf(vectors);
        passage = List.copyOf(passage);
        vectors.forEach(IndexedTurn::requireFinite);
        passage.forEach(IndexedTurn::requireFinite);
        if (passage.size() > 1) {
            throw new IllegalArgumentException(passage.size() + " passages end with one turn");
        }
    }

    /** A turn that no passage ends with. */
    public IndexedTurn(Scope scope, String branch, Turn turn, List<float[]> vectors) {
        this(scope, branch, turn, vectors, List.of());
    }

    private static void requireFinite(float[] vector) {
        if (vector.length == 0) {
            throw new IllegalArgumentException("an empty vector");
        }
        for (float x : vector) {
            if (!Float.isFinite(x)) {
                throw new IllegalArgumentException("a vector with a component of " + x);
            }
        }
    }
}
