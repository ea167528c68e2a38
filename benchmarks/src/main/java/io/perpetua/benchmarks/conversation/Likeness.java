package io.perpetua.benchmarks.conversation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * Two answers are as similar as the cosine of their embeddings says. Beside it stands the harmonic mean of the shares of
 * words that each has in common with the other (token F1, as in SQuAD). What stands in brackets on a line, such as where
 * a quotation comes from, says nothing about the matter and is left out of both.
 */
/**
 * How similar two texts are.
 *
 * @param cosine of their embeddings, in [-1, 1]
 * @param f1 of their words, in [0, 1]
 * @see <a href="https://aclanthology.org/D16-1264/">Rajpurkar et al., SQuAD</a>
 */
record Likeness(double cosine, double f1) {

    static Likeness of(Reading one, Reading other) {
        return new Likeness(one.cosine(other), f1(one.words(), other.words()));
    }

    /** The mean of several. */
    static Likeness mean(List<Likeness> several) {
        return new Likeness(
                several.stream().mapToDouble(Likeness::cosine).average().orElse(0),
                several.stream().mapToDouble(Likeness::f1).average().orElse(0));
    }

    private static double f1(List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.equals(b) ? 1 : 0;
        }
        Map<String, Integer> left = new HashMap<>();
        a.forEach(word -> left.merge(word, 1, Integer::sum));
        int common = 0;
        for (String word : b) {
            if (left.merge(word, -1, Integer::sum) >= 0) {
                common++;
            }
        }
        return 2.0 * common / (a.size() + b.size());
    }
}
