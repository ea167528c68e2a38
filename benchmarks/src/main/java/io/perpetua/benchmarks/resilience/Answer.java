package io.perpetua.benchmarks.resilience;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** Answers of which a part, a mixture and one to another prompt can be told from a whole one. */
public final class Answer {

    private static final int FEWEST = 4;
    private static final int MOST = 60;
    /** Of one, two, three and four bytes a character, and one that JSON escapes. */
    private static final List<String> WORDS = List.of("plain", "größer", "語る", "🦜", "\"quoted\\");

    private static final String CHECKSUM = " checksum ";

    private Answer() {}

    /** What {@code provider} answers to the prompt of that number: words with their numbers, and the sum of all that. */
    static String of(String provider, int prompt) {
        return of(provider, prompt, FEWEST, MOST);
    }

    /** The same with at least {@code fewest} and less than {@code most} words. */
    public static String of(String provider, int prompt, int fewest, int most) {
        var random = new SplittableRandom(31L * prompt + provider.hashCode());
        int count = random.nextInt(fewest, most);
        String words = IntStream.range(0, count)
                .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())) + i)
                .collect(Collectors.joining(" "));
        String text = provider + " to " + prompt + ": " + words;
        return text + CHECKSUM + checksum(text);
    }

    /** Whether {@code text} is all of one provider's answer to the prompt, and nothing else. */
    public static boolean isWhole(String text, int prompt) {
        int end = text.lastIndexOf(CHECKSUM);
        return end > 0
                && text.substring(0, end).contains(" to " + prompt + ": ")
                && text.substring(end + CHECKSUM.length()).equals(checksum(text.substring(0, end)));
    }

    private static String checksum(String text) {
        var sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
