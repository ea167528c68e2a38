package io.perpetua.domain.conversation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of turns by number, both ends included.
 *
 * @param first from 1
 * @param last at least {@code first}
 */
public record TurnRange(int first, int last) {

    public TurnRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not a range of turns: " + first + ".." + last);
        }
    }

    /** Whether turn {@code number} is in it. */
    public boolean holds(int number) {
        return first <= number && number <= last;
    }

    /** The same numbers in ascending ranges that do not overlap. */
    public static List<TurnRange> apart(List<TurnRange> ranges) {
        List<TurnRange> apart = new ArrayList<>();
        for (TurnRange range : ranges.stream()
                .sorted(Comparator.comparingInt(TurnRange::first))
                .toList()) {
            if (apart.isEmpty() || apart.getLast().last < range.first) {
                apart.add(range);
            } else {
                TurnRange before = apart.removeLast();
                apart.add(new TurnRange(before.first, Math.max(before.last, range.last)));
            }
        }
        return apart;
    }
}
