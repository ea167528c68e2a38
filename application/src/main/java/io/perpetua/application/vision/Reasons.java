package io.perpetua.application.vision;

import io.perpetua.domain.vision.RegionRanker.Ranked;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words what speaks for a region. */
final class Reasons {

    private static final int MOST_TERMS = 8;

    private Reasons() {}

    /**
     * What speaks for {@code ranked}: {@code matches "latency", "queue"; similarity 0.71}.
     *
     * @param surfaces the query's words by what they are indexed as
     */
    static String of(Ranked ranked, Map<String, String> surfaces) {
        List<String> terms = ranked.terms().stream()
                .map(term -> surfaces.getOrDefault(term, term))
                .distinct()
                .toList();
        String matches =
                terms.stream().limit(MOST_TERMS).map(term -> '"' + term + '"').collect(Collectors.joining(", "));
        String more = terms.size() > MOST_TERMS ? " and " + (terms.size() - MOST_TERMS) + " more words" : "";
        String similarity = Float.isNaN(ranked.similarity())
                ? ""
                : String.format(Locale.ROOT, "similarity %.2f", ranked.similarity());
        String words = terms.isEmpty() ? "" : "matches " + matches + more;
        return words.isEmpty() || similarity.isEmpty() ? words + similarity : words + "; " + similarity;
    }
}
