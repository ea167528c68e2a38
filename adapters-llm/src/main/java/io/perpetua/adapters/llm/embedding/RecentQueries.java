package io.perpetua.adapters.llm.embedding;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vectors of the short questions asked last, about half a megabyte. Safe for concurrent use. */
final class RecentQueries {

    private static final int CAPACITY = 256;
    private static final int LONGEST_TEXT = 500;

    private final Map<String, float[]> vectors = new LinkedHashMap<>(CAPACITY, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > CAPACITY;
        }
    };

    synchronized float @Nullable [] find(String text) {
        float[] vector = vectors.get(text);
        return vector == null ? null : vector.clone();
    }

    synchronized void keep(String text, float[] vector) {
        if (text.length() <= LONGEST_TEXT) {
            vectors.put(text, vector.clone());
        }
    }
}
