package io.perpetua.benchmarks.conversation;

import io.perpetua.application.memory.Embedder;
import java.util.List;
import java.util.regex.Pattern;

/** An answer, read for comparison. */
final class Reading {

    private static final Pattern BRACKETED = Pattern.compile("\\[[^\\]\\n]*]");

    private final List<String> words;
    private final double[] meaning;

    /**
     * A text of these words.
     *
     * @param meaning its embedding, of any length; zero for a text with nothing to embed
     */
    Reading(List<String> words, double... meaning) {
        this.words = List.copyOf(words);
        this.meaning = meaning.clone();
    }

    /** Reads a text without what stands in brackets; one of several stretches means what they mean together. */
    static Reading of(String text, Embedder embedder) {
        String matter = BRACKETED.matcher(text).replaceAll("").strip();
        var sum = new double[embedder.dimensions()];
        for (float[] stretch : embedder.embedPassage(matter)) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += stretch[i];
            }
        }
        return new Reading(Spelling.words(matter), sum);
    }

    List<String> words() {
        return words;
    }

    /** The cosine of the two embeddings; of nothing to nothing it is 1, to anything else 0. */
    double cosine(Reading other) {
        double product = 0;
        double squares = 0;
        double squaresOfOther = 0;
        for (int i = 0; i < meaning.length; i++) {
            product += meaning[i] * other.meaning[i];
            squares += meaning[i] * meaning[i];
            squaresOfOther += other.meaning[i] * other.meaning[i];
        }
        if (squares == 0 || squaresOfOther == 0) {
            return squares == squaresOfOther ? 1 : 0;
        }
        return product / Math.sqrt(squares * squaresOfOther);
    }
}
