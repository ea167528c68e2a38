package io.perpetua.domain.memory;

import io.perpetua.domain.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/*
 * A sentence is worth the words of the question that it has, each by how few of the turn's sentences have it,
 *
 *     ln(1 + (S - s + 0.5) / (s + 0.5))        S: sentences of the turn, s: those of them that have the word
 *
 * and a little for standing at the beginning, where people say what they are about. Code counts half: it repeats names
 * without saying anything of them. The price is the root of the length, since long sentences do say more. The best by
 * value over price are taken until the tokens are spent and put back in order, with an ellipsis where something is
 * missing. Words are alike when they begin alike, but for an ending of up to three letters.
 */
/** Cuts a long turn to the sentences that bear on a question. Pure. */
public final class Clipping {

    private static final String GAP = "…";
    private static final double FIRST = 1.0;
    private static final double EARLY = 0.1;
    private static final double CODE = 0.5;
    /** Characters that a sentence costs beside its own: the reader's attention. */
    private static final int ENTRY = 20;

    private static final int STEM = 4;
    private static final int ENDING = 3;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    private Clipping() {}

    /**
     * What of {@code text} bears on {@code question}.
     *
     * @param tokens most that the result costs
     * @param counter what counts them
     * @return the text itself if it is short enough; empty if not even a word fits
     */
    public static String of(String text, String question, int tokens, TokenCounter counter) {
        if (counter.count(text) <= tokens) {
            return text;
        }
        var candidates = candidates(text, question);
        var kept = new ArrayList<Candidate>();
        int gap = counter.count(" " + GAP);
        int left = tokens - gap;
        for (Candidate candidate : candidates) {
            int cost = counter.count(candidate.text()) + gap + 1;
            if (cost <= left) {
                kept.add(candidate);
                left -= cost;
            }
        }
        if (kept.isEmpty()) {
            return candidates.isEmpty() ? "" : head(candidates.getFirst().text(), tokens, counter);
        }
        return join(kept, text);
    }

    private static List<Candidate> candidates(String text, String question) {
        var parts = Sentences.of(text);
        var words = parts.stream().map(part -> words(part.text())).toList();
        Map<String, Double> worth = worth(asked(question), words);
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < parts.size(); i++) {
            double value = 0;
            for (var word : worth.entrySet()) {
                value += has(words.get(i), word.getKey()) ? word.getValue() : 0;
            }
            value *= parts.get(i).kind() == Sentences.Kind.CODE ? CODE : 1;
            value += (i == 0 ? FIRST : 0) + EARLY / (1 + i);
            String sentence = parts.get(i).text();
            candidates.add(new Candidate(i, sentence, value / Math.sqrt(sentence.length() + ENTRY)));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::rank).reversed().thenComparingInt(Candidate::place));
        return candidates;
    }

    private static Map<String, Double> worth(Set<String> asked, List<Set<String>> sentences) {
        var worth = new HashMap<String, Double>();
        for (String word : asked) {
            long having =
                    sentences.stream().filter(sentence -> has(sentence, word)).count();
            worth.put(word, Math.log1p((sentences.size() - having + 0.5) / (having + 0.5)));
        }
        return worth;
    }

    private static Set<String> asked(String question) {
        var asked = words(question);
        asked.removeAll(QueryWords.ASKING);
        asked.removeAll(QueryWords.STOP);
        return asked;
    }

    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        WORD.matcher(text).results().forEach(word -> words.add(word.group().toLowerCase(Locale.ROOT)));
        return words;
    }

    private static boolean has(Set<String> sentence, String word) {
        return sentence.contains(word) || sentence.stream().anyMatch(other -> alike(word, other));
    }

    private static boolean alike(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        int longer = Math.max(a.length(), b.length());
        int same = 0;
        while (same < shorter && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        return same >= STEM && longer - same <= ENDING && Character.isLetter(a.charAt(0));
    }

    private static String join(List<Candidate> kept, String text) {
        kept.sort(Comparator.comparingInt(Candidate::place));
        var excerpt = new StringBuilder();
        int next = 0;
        for (Candidate candidate : kept) {
            if (candidate.place() > next) {
                excerpt.append(excerpt.isEmpty() ? "" : " ").append(GAP);
            }
            excerpt.append(excerpt.isEmpty() ? "" : " ").append(candidate.text());
            next = candidate.place() + 1;
        }
        boolean toTheEnd = text.stripTrailing().endsWith(kept.getLast().text());
        return toTheEnd ? excerpt.toString() : excerpt.append(' ').append(GAP).toString();
    }

    /** As many whole words of {@code sentence} as fit. */
    private static String head(String sentence, int tokens, TokenCounter counter) {
        int end = sentence.length();
        while (end > 0 && counter.count(sentence.substring(0, end) + " " + GAP) > tokens) {
            int shorter = sentence.lastIndexOf(' ', end * 7 / 8);
            end = shorter > 0 ? shorter : end / 2;
        }
        return end == 0 ? "" : sentence.substring(0, end).stripTrailing() + " " + GAP;
    }

    private record Candidate(int place, String text, double rank) {}
}
