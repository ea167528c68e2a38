package io.perpetua.bootstrap.configuration;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/*
 * Keys are compared word by word: a word that was put for another costs the share of its characters that differ, a word
 * too many or too few half as much as one that has nothing in common. Counting the characters of whole keys instead would
 * take a short key for the nearest of most mistakes. A key that only divides its words differently was meant before all.
 */
/** Finds the key that was meant. */
public final class NearestKey {

    private static final String ANY = "*";
    private static final double SURPLUS = 0.5;

    /** Where a word begins with a capital. */
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private NearestKey() {}

    /** That of {@code known} nearest to {@code key}, the first one of equals; an asterisk is like any word. */
    public static String of(String key, List<String> known) {
        return known.stream()
                .min(Comparator.comparing((String each) -> !runTogether(each).equals(runTogether(key)))
                        .thenComparingDouble(each -> distance(words(each), words(key))))
                .orElseThrow();
    }

    private static String runTogether(String key) {
        return Key.plain(key).replace("-", "");
    }

    private static String[] words(String key) {
        return Key.plain(HUMP.matcher(key).replaceAll("-")).split("-", -1);
    }

    /** Levenshtein's distance of words, any of which an asterisk stands for. */
    private static double distance(String[] known, String[] key) {
        var row = new double[key.length + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j * SURPLUS;
        }
        for (int i = 1; i <= known.length; i++) {
            double diagonal = row[0];
            row[0] = i * SURPLUS;
            for (int j = 1; j < row.length; j++) {
                double replaced = diagonal + difference(known[i - 1], key[j - 1]);
                diagonal = row[j];
                row[j] = Math.min(replaced, SURPLUS + Math.min(row[j], row[j - 1]));
            }
        }
        return row[key.length];
    }

    private static double difference(String known, String word) {
        return known.equals(ANY) || known.equals(word)
                ? 0
                : (double) distance(known, word) / Math.max(known.length(), word.length());
    }

    /** Levenshtein's distance: how many characters must be put in, taken out or replaced to make one word the other. */
    public static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
