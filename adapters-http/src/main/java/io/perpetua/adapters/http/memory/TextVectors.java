package io.perpetua.adapters.http.memory;

import io.perpetua.application.memory.Embedder;
import io.perpetua.application.memory.EmbedderUnavailable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One vector for each text, however long: the direction in which its stretches point together. */
@Singleton
final class TextVectors {

    private final @Nullable Embedder embedder;

    /**
     * Vectors by {@code embedder}.
     *
     * @param embedder null where the server runs without one
     */
    TextVectors(@Nullable Embedder embedder) {
        this.embedder = embedder;
    }

    int dimensions() {
        return embedder().dimensions();
    }

    /** The unit vector of {@code text}; null when there is nothing to embed. */
    float @Nullable [] of(String text) {
        var stretches = embedder().embedPassage(text);
        return switch (stretches.size()) {
            case 0 -> null;
            case 1 -> stretches.getFirst();
            default -> unit(sum(stretches));
        };
    }

    private Embedder embedder() {
        if (embedder == null) {
            throw new EmbedderUnavailable("this server runs without an embedder", new NoSuchElementException());
        }
        return embedder;
    }

    private static float[] sum(List<float[]> vectors) {
        float[] sum = new float[vectors.getFirst().length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        return sum;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        if (squares > 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (vector[i] / Math.sqrt(squares));
            }
        }
        return vector;
    }
}
