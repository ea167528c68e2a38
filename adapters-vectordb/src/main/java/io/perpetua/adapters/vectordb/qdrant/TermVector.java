package io.perpetua.adapters.vectordb.qdrant;

import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/*
 * A component is BM25's saturated term frequency f (k₁ + 1) / (f + k₁ (1 - b + b · length / A)) with a fixed average A,
 * so that Qdrant, which supplies the IDF, ranks by BM25 over its whole collection. That only decides what is sent back:
 * f is computed back from the component and the turn's length, and scored anew among the turns of the path alone.
 */
/**
 * A turn's words as a sparse vector. A word's id are the first 32 bits of its SHA-256, the same in every version and on
 * every machine.
 */
final class TermVector {

    private static final double K1 = 1.2;
    private static final double B = 0.75;

    /** In words. Any would do; this is about what turns have. */
    private static final double AVERAGE_LENGTH = 60;

    private TermVector() {}

    static int id(String word) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(word.getBytes(StandardCharsets.UTF_8));
            return (digest[0] & 0xff) << 24 | (digest[1] & 0xff) << 16 | (digest[2] & 0xff) << 8 | (digest[3] & 0xff);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What a turn of these words, with repetitions, is found by. */
    static Vector of(List<String> words) {
        Map<Integer, Integer> frequencies = new TreeMap<>(Integer::compareUnsigned);
        words.forEach(word -> frequencies.merge(id(word), 1, Integer::sum));
        var vector = SparseVector.newBuilder();
        frequencies.forEach((id, frequency) -> vector.addIndices(id)
                .addValues((float) (frequency * (K1 + 1) / (frequency + saturation(words.size())))));
        return Vector.newBuilder().setSparse(vector).build();
    }

    /** What finds every turn that has one of these words. */
    static SparseVector anyOf(Collection<String> words) {
        var vector = SparseVector.newBuilder();
        words.stream()
                .map(TermVector::id)
                .distinct()
                .sorted(Integer::compareUnsigned)
                .forEach(id -> vector.addIndices(id).addValues(1));
        return vector.build();
    }

    /**
     * How often a turn has the word of a component.
     *
     * @param length the turn's, in words
     */
    static int frequency(float component, int length) {
        double frequency = component * saturation(length) / Math.max(K1 + 1 - component, Float.MIN_NORMAL);
        return Math.clamp(Math.round(frequency), 1, Math.max(1, length));
    }

    private static double saturation(int length) {
        return K1 * (1 - B + B * length / AVERAGE_LENGTH);
    }
}
