package io.perpetua.benchmarks.conversation;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as rows of words, so that "744 px" is "744 pixels" and signs between words do not count. */
final class Spelling {

    private static final Pattern WORD = Pattern.compile("\\d+|[\\p{L}\\p{M}]+");
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("px", "pixels"),
            Map.entry("pixel", "pixels"),
            Map.entry("min", "minutes"),
            Map.entry("ms", "milliseconds"),
            Map.entry("mb", "megabytes"),
            Map.entry("six", "6"),
            Map.entry("nine", "9"),
            Map.entry("eleven", "11"),
            Map.entry("fourteen", "14"));

    private Spelling() {}

    static List<String> words(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return WORD.matcher(plain)
                .results()
                .map(MatchResult::group)
                .map(word -> SHORT.getOrDefault(word, word))
                .toList();
    }

    /** Whether {@code text} says {@code value}, as whole words in that order. */
    static boolean says(String text, String value) {
        return row(words(text)).contains(row(words(value)));
    }

    private static String row(List<String> words) {
        return words.stream().collect(Collectors.joining(" ", " ", " "));
    }
}
