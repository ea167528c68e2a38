package io.perpetua.domain.brief;

import io.perpetua.domain.memory.QueryWords;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a set of lines talks about, and what of it is covered already. Not safe for concurrent use. */
final class LinePool {

    private static final double COVERED = 0.25;
    private static final double REPEATED = 0.8;
    /** A line of fewer telling words tells nothing. */
    private static final int FEWEST = 2;

    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{N}]+|\\p{N}[\\p{L}\\p{N}]*");

    private final Map<BriefLine, Set<String>> words = new HashMap<>();
    private final Map<BriefLine, Double> value = new HashMap<>();
    private final Map<String, Double> weight = new HashMap<>();
    private final Set<Set<String>> covered = new HashSet<>();

    LinePool(List<BriefLine> old, List<BriefLine> fresh) {
        old.forEach(this::add);
        fresh.forEach(this::add);
        double most = weight.values().stream().mapToDouble(each -> each).max().orElse(1);
        weight.replaceAll((word, count) -> count / most);
    }

    private void add(BriefLine line) {
        var own = words(line.text());
        words.put(line, own);
        value.put(line, LineValue.of(line));
        own.forEach(word -> weight.merge(word, 1.0, Double::sum));
    }

    /** Where the line is that tells most now; of equal ones the first. */
    int best(List<ExtractiveBrief.Priced> open) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < open.size(); i++) {
            BriefLine line = open.get(i).line();
            double worth = value.getOrDefault(line, 0.0) + coverage(line);
            if (worth > most) {
                most = worth;
                best = i;
            }
        }
        return best;
    }

    private double coverage(BriefLine line) {
        double sum = 0;
        for (String word : of(line)) {
            sum += weight.getOrDefault(word, 0.0);
        }
        return sum / Math.sqrt(4.0 + of(line).size());
    }

    void cover(BriefLine line) {
        covered.add(of(line));
        of(line).forEach(word -> weight.computeIfPresent(word, (w, now) -> now * COVERED));
    }

    /** Whether it says next to nothing, or a line that was taken says nearly all of it and each of its numbers. */
    boolean addsNothing(BriefLine line) {
        var own = of(line);
        if (own.size() < FEWEST) {
            return true;
        }
        for (Set<String> other : covered) {
            long shared = own.stream().filter(other::contains).count();
            if (shared >= REPEATED * own.size() && other.containsAll(numbers(own))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> numbers(Set<String> words) {
        return words.stream().filter(word -> Character.isDigit(word.charAt(0))).toList();
    }

    private Set<String> of(BriefLine line) {
        return words.getOrDefault(line, Set.of());
    }

    /** The telling words; numbers are words, so that lines that differ in a number differ. */
    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().forEach(word -> words.add(word.group()));
        words.removeAll(QueryWords.STOP);
        words.removeAll(QueryWords.ASKING);
        return words;
    }
}
