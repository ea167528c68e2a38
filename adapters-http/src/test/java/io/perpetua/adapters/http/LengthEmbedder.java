package io.perpetua.adapters.http;

import io.perpetua.application.memory.Embedder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embeds each line of a text by whether its length is even. */
final class LengthEmbedder implements Embedder {

    @Override
    public int dimensions() {
        return 2;
    }

    @Override
    public List<float[]> embedPassage(String text) {
        var vectors = new ArrayList<float[]>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> vectors.add(vector(line)));
        return vectors;
    }

    @Override
    public float @Nullable [] embedQuery(String text) {
        return text.isBlank() ? null : vector(text);
    }

    private static float[] vector(String line) {
        return line.length() % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1};
    }
}
