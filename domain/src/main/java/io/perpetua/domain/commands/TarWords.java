package io.perpetua.domain.commands;

import java.util.ArrayList;
import java.util.List;

/** The oldest way to say what {@code tar} is to do: letters without a dash, whose values follow in order. */
final class TarWords {

    private static final String WITH_VALUE = "fCTXgIFbHKLNV";

    private TarWords() {}

    /** The same words with dashes. */
    static List<String> dashed(List<String> words) {
        if (words.isEmpty() || words.getFirst().startsWith("-")) {
            return words;
        }
        var dashed = new ArrayList<String>();
        int next = 1;
        for (char letter : words.getFirst().toCharArray()) {
            dashed.add("-" + letter);
            if (WITH_VALUE.indexOf(letter) >= 0 && next < words.size()) {
                dashed.add(words.get(next++));
            }
        }
        dashed.addAll(words.subList(next, words.size()));
        return dashed;
    }
}
