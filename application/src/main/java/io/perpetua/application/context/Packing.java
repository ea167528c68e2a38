package io.perpetua.application.context;

import io.perpetua.application.context.Essentials.Part;
import io.perpetua.application.context.Essentials.Piece;
import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * As many pieces as a share holds, each turn once.
 *
 * @param excerpts what is shown, ascending
 * @param settled numbers of the turns of which no more is to be shown
 * @param leftOut numbers of the turns of pieces that did not fit, ascending
 */
record Packing(List<Excerpt> excerpts, Set<Integer> settled, List<Integer> leftOut) {

    /** Takes {@code pieces} in turn; one that does not fit is passed over, so that a smaller one gets its chance. */
    static Packing of(List<Piece> pieces, int tokens, TokenCounter counter) {
        var taken = new TreeMap<Integer, List<Part>>();
        var leftOut = new TreeSet<Integer>();
        int left = tokens;
        for (Piece piece : pieces) {
            int cost = cost(piece, counter);
            if (cost <= left) {
                left -= cost;
                piece.parts().forEach(part -> add(taken, part));
            } else {
                piece.parts().forEach(part -> leftOut.add(part.turn().number()));
            }
        }
        leftOut.removeAll(taken.keySet());
        var settled = taken.values().stream()
                .flatMap(List::stream)
                .filter(Part::all)
                .map(part -> part.turn().number())
                .collect(Collectors.toSet());
        return new Packing(taken.values().stream().map(Packing::excerpt).toList(), settled, List.copyOf(leftOut));
    }

    /** As if each part stood in a section of its own: an upper bound. */
    private static int cost(Piece piece, TokenCounter counter) {
        return piece.parts().stream()
                .mapToInt(part -> counter.count(Sections.recalled(List.of(Excerpt.of(part.turn(), part.text())))))
                .sum();
    }

    private static void add(SortedMap<Integer, List<Part>> taken, Part part) {
        var parts = taken.computeIfAbsent(part.turn().number(), number -> new ArrayList<>());
        if (parts.stream().noneMatch(other -> other.text().contains(part.text()))) {
            parts.removeIf(other -> part.text().contains(other.text()));
            parts.add(part);
        }
    }

    private static Excerpt excerpt(List<Part> parts) {
        Turn turn = parts.getFirst().turn();
        return Excerpt.of(
                turn,
                parts.stream()
                        .sorted(Comparator.comparingInt(Part::ordinal))
                        .map(Part::text)
                        .collect(Collectors.joining("\n")));
    }
}
