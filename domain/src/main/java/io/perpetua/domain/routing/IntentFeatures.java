package io.perpetua.domain.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of a message when its intent is judged: which cues it holds, its words and pairs of words, and how it
 * follows what went before, each hashed to a place.
 *
 * @param text lower case, runs of white space as one space, at most {@value #LONGEST} characters
 * @param places of the features that are there, ascending, each once, in [0, {@value #SIZE})
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IntentFeatures(String text, int[] places) {

    /** How many places there are. */
    static final int SIZE = 1 << 13;

    /** The beginning and the end of a message say what it is for; what lies between is mostly material. */
    private static final int LONGEST = 1_200;

    private static final int HEAD = 900;

    private static final Pattern COMBINING = Pattern.compile("\\p{M}+");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}+#']*|[^\\s\\p{L}\\p{N}]");
    private static final int CUES = IntentCue.ALL.size();

    /** The features of {@code message}; {@code previous} is what the one before it was taken for, null for the first. */
    static IntentFeatures of(String message, @Nullable Intent previous) {
        String text = normalised(message);
        var places = new ArrayList<Integer>();
        for (int cue = 0; cue < CUES; cue++) {
            if (IntentCue.ALL.get(cue).pattern().matcher(text).find()) {
                places.add(cue);
            }
        }
        int words = addWords(text, places);
        addPrevious(previous, words, List.copyOf(places), places);
        return new IntentFeatures(
                text,
                places.stream().mapToInt(Integer::intValue).sorted().distinct().toArray());
    }

    /** The cues among the features. */
    int[] cues() {
        return Arrays.stream(places).takeWhile(place -> place < CUES).toArray();
    }

    /** Adds the words of {@code text} and returns how many there are. */
    private static int addWords(String text, List<Integer> places) {
        String before = "^";
        int words = 0;
        var found = WORD.matcher(text);
        while (found.find()) {
            String word = found.group();
            places.add(place(word));
            places.add(place(before + " " + word));
            before = word;
            words++;
        }
        places.add(place(before + " $"));
        places.add(place("length " + magnitude(words)));
        return words;
    }

    /** A follow-up is told by what it follows, by how short it is, by its first words and by the cues it holds. */
    private static void addPrevious(@Nullable Intent previous, int words, List<Integer> holds, List<Integer> places) {
        String after = "after " + (previous == null ? "nothing" : previous.wire());
        places.add(place(after));
        places.add(place(after + " length " + magnitude(words)));
        if (previous != null) {
            holds.stream().filter(place -> place < CUES).forEach(cue -> places.add(place(after + " cue " + cue)));
        }
    }

    private static int magnitude(int words) {
        return 32 - Integer.numberOfLeadingZeros(words);
    }

    private static int place(String feature) {
        int hash = feature.hashCode() * 0x9E3779B9;
        return CUES + Integer.remainderUnsigned(hash ^ (hash >>> 15), SIZE - CUES);
    }

    private static String normalised(String message) {
        String cut = message.length() <= 4 * LONGEST
                ? message
                : message.substring(0, 2 * LONGEST) + " " + message.substring(message.length() - 2 * LONGEST);
        // A word boundary walks back over a row of combining marks, which would take the square of its length in time.
        String text = SPACE.matcher(COMBINING.matcher(cut).replaceAll(""))
                .replaceAll(" ")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'');
        return text.length() <= LONGEST
                ? text
                : text.substring(0, HEAD) + " " + text.substring(text.length() - (LONGEST - HEAD - 1));
    }
}
