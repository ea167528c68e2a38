package io.perpetua.adapters.llm.offline;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of a text that tell it from other texts, brought to their stems. */
final class Words {

    /** Letters and digits in a row; scripts without spaces count sign by sign. */
    private static final Pattern WORD = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|[[\\p{L}\\p{N}]&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]+");

    private static final Set<String> STOP_WORDS = Set.of(
            ("a about again all also am an and any are as at be because been but by can could did do does doing done for"
                            + " from had has have he her here him his how i if in into is it its just know let like me"
                            + " more my no not now of on or our out please remember said say she should so some tell"
                            + " than that the their them then there these they this those to too up us very was we were"
                            + " what when where which who whom whose why will with would you your s t re ve ll d m")
                    .split(" "));

    private static final List<String> ENDINGS = List.of("ingly", "edly", "ing", "ies", "ed", "es", "ly", "s", "e", "y");
    /** Shorter stems would merge words that have nothing in common. */
    private static final int SHORTEST_STEM = 3;

    private Words() {}

    /** Stems in the order of the text, stop words left out. */
    static List<String> of(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .filter(word -> !STOP_WORDS.contains(word))
                .map(Words::stem)
                .toList();
    }

    private static String stem(String word) {
        for (String ending : ENDINGS) {
            int length = word.length() - ending.length();
            if (length >= SHORTEST_STEM && word.endsWith(ending)) {
                return undoubled(word.substring(0, length));
            }
        }
        return word;
    }

    /** "planned" and "plan" have the same stem. */
    private static String undoubled(String stem) {
        int last = stem.length() - 1;
        boolean doubled = last >= SHORTEST_STEM && stem.charAt(last) == stem.charAt(last - 1);
        return doubled ? stem.substring(0, last) : stem;
    }
}
