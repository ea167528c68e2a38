package io.perpetua.adapters.llm.offline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which sentences bear on a question: BM25 with each sentence as a document, k1 = 1.2, b = 0.75. A question counts a
 * fifth of a statement, since it seldom answers another; of equals the later one wins, since it knows more.
 *
 * @see <a href="https://doi.org/10.1561/1500000019">Robertson and Zaragoza, The Probabilistic Relevance Framework</a>
 */
final class Ranking {

    private static final double K1 = 1.2;
    private static final double B = 0.75;
    private static final double QUESTION_WEIGHT = 0.2;
    /** Further sentences are quoted only if they are nearly as good as the best. */
    private static final double NEARLY_AS_GOOD = 0.7;

    private final List<Sentence> sentences;
    private final Map<String, Integer> documents = new HashMap<>();
    private final double averageLength;

    Ranking(List<Sentence> sentences) {
        this.sentences = sentences;
        sentences.forEach(
                sentence -> new HashSet<>(sentence.words()).forEach(word -> documents.merge(word, 1, Integer::sum)));
        this.averageLength = sentences.stream()
                .mapToInt(sentence -> sentence.words().size())
                .average()
                .orElse(1);
    }

    private record Scored(Sentence sentence, double score) {}

    /** The sentences worth quoting in answer to {@code question}, the best first; none when nothing matches. */
    List<Sentence> best(String question, int atMost) {
        var asked = Set.copyOf(Words.of(question));
        var scored = new ArrayList<Scored>();
        var said = new HashSet<String>();
        for (var sentence : sentences.reversed()) {
            double score = score(sentence, asked);
            if (score > 0 && !sentence.text().equalsIgnoreCase(question) && said.add(sentence.text())) {
                scored.add(new Scored(sentence, score));
            }
        }
        if (scored.isEmpty()) {
            return List.of();
        }
        scored.sort(Collections.reverseOrder(Comparator.comparingDouble(Scored::score)));
        double enough = scored.getFirst().score() * NEARLY_AS_GOOD;
        return scored.stream()
                .filter(each -> each.score() >= enough)
                .limit(atMost)
                .map(Scored::sentence)
                .toList();
    }

    private double score(Sentence sentence, Set<String> asked) {
        double score = 0;
        for (String word : asked) {
            int count = Collections.frequency(sentence.words(), word);
            double norm = K1 * (1 - B + B * sentence.words().size() / averageLength);
            score += rarity(word) * count * (K1 + 1) / (count + norm);
        }
        return sentence.asks() ? score * QUESTION_WEIGHT : score;
    }

    private double rarity(String word) {
        int holding = documents.getOrDefault(word, 0);
        return Math.log(1 + (sentences.size() - holding + 0.5) / (holding + 0.5));
    }
}
