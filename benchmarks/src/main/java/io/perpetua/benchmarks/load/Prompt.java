package io.perpetua.benchmarks.load;

import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What clients say: words that show which conversation they belong to, and the number that an answer has to bear. */
final class Prompt {

    private static final Pattern NUMBER = Pattern.compile("prompt #(\\d+)");
    private static final Pattern CONVERSATION = Pattern.compile("conversation (\\w+),");
    private static final List<String> WORDS = List.of(
            "the",
            "harbour",
            "and",
            "its",
            "cranes",
            "need",
            "a",
            "schedule",
            "before",
            "winter",
            "because",
            "rain",
            "makes",
            "every",
            "delivery",
            "late",
            "while",
            "our",
            "budget",
            "for",
            "repairs",
            "is",
            "small",
            "so",
            "please",
            "compare",
            "both",
            "offers",
            "with",
            "last",
            "year",
            "then",
            "write",
            "to",
            "the",
            "office",
            "about",
            "parts",
            "that",
            "are",
            "missing",
            "from",
            "store",
            "seven",
            "under",
            "old",
            "lighthouse");

    private Prompt() {}

    /** A message of {@code words} words. */
    static String of(String conversation, int number, int words) {
        var random = new SplittableRandom(number);
        return "In conversation " + conversation + ", prompt #" + number + ": "
                + random.ints(words, 0, WORDS.size()).mapToObj(WORDS::get).collect(Collectors.joining(" "));
    }

    /** The number of the last prompt in a text, -1 where there is none. */
    static int number(String text) {
        int number = -1;
        for (var found = NUMBER.matcher(text); found.find(); ) {
            number = Integer.parseInt(found.group(1));
        }
        return number;
    }

    /** Whether a text has prompts of more than one conversation in it. */
    static boolean mixed(String text) {
        return CONVERSATION
                        .matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .distinct()
                        .count()
                > 1;
    }
}
