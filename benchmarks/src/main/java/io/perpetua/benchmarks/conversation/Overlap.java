package io.perpetua.benchmarks.conversation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much texts repeat each other: of the rows of four words in the shorter of two, the share that the longer one has,
 * too.
 *
 * @param largest of any two, in [0, 1]
 * @param mean over all pairs, in [0, 1]
 */
record Overlap(double largest, double mean) {

    private static final int ROW = 4;

    /** The overlap of at least two texts. */
    static Overlap of(List<String> texts) {
        var rows = texts.stream().map(Overlap::rows).toList();
        Map<String, Set<Integer>> holders = new HashMap<>();
        double largest = 0;
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            var shared = new HashMap<Integer, Integer>();
            for (String row : rows.get(i)) {
                var others = holders.computeIfAbsent(row, _ -> new HashSet<>());
                others.forEach(other -> shared.merge(other, 1, Integer::sum));
                others.add(i);
            }
            for (var each : shared.entrySet()) {
                int shorter =
                        Math.min(rows.get(i).size(), rows.get(each.getKey()).size());
                double overlap = (double) each.getValue() / shorter;
                largest = Math.max(largest, overlap);
                sum += overlap;
            }
        }
        return new Overlap(largest, 2 * sum / ((double) rows.size() * (rows.size() - 1)));
    }

    private static Set<String> rows(String text) {
        var words = Spelling.words(text);
        var rows = new HashSet<String>();
        for (int i = 0; i + ROW <= words.size(); i++) {
            rows.add(String.join(" ", words.subList(i, i + ROW)));
        }
        return rows;
    }
}
