package io.perpetua.application.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fake kept honest by {@link EmbedderContract}: the words' hashes counted into a vector, so texts are near by the
 * words they share. The same in every run.
 */
public final class FakeEmbedder implements Embedder {

    private static final int DIMENSIONS = 512;
    private static final int WORDS_PER_STRETCH = 100;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private volatile boolean available = true;
    private volatile String refused = "";
    private volatile Consumer<String> listener = text -> {};

    /** From now on every call fails. */
    public void goAway() {
        available = false;
    }

    public void comeBack() {
        available = true;
    }

    /** From now on a passage that holds {@code word} makes it fail. */
    public void refuse(String word) {
        refused = word;
    }

    /** From now on {@code listener} is told of each passage before it is embedded. */
    public void listen(Consumer<String> listener) {
        this.listener = listener;
    }

    @Override
    public int dimensions() {
        return DIMENSIONS;
    }

    @Override
    public List<float[]> embedPassage(String text) {
        listener.accept(text);
        if (!refused.isEmpty() && text.contains(refused)) {
            throw new EmbedderUnavailable("cannot embed this", new IllegalStateException());
        }
        var words = words(text);
        List<float[]> vectors = new ArrayList<>();
        for (int from = 0; from < words.size(); from += WORDS_PER_STRETCH) {
            vectors.add(vector(words.subList(from, Math.min(words.size(), from + WORDS_PER_STRETCH))));
        }
        return vectors;
    }

    @Override
    public float @Nullable [] embedQuery(String text) {
        var words = words(text);
        return words.isEmpty() ? null : vector(words);
    }

    private List<String> words(String text) {
        if (!available) {
            throw new EmbedderUnavailable("gone away", new IllegalStateException());
        }
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    private static float[] vector(List<String> words) {
        int[] counts = new int[DIMENSIONS];
        words.forEach(word -> counts[Math.floorMod(word.hashCode(), DIMENSIONS)]++);
        double length =
                Math.sqrt(Arrays.stream(counts).mapToDouble(n -> (double) n * n).sum());
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (counts[i] / length);
        }
        return vector;
    }
}
