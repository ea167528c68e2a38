package io.perpetua.adapters.vectordb.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The words of a branch's newest turns, which searchers may not see yet: a refresh costs some milliseconds, counting in
 * a few turns does not. A value.
 */
final class Fresh {

    /** Nothing that searchers do not see. */
    static final Fresh NONE = new Fresh(List.of(), true);

    /** More turns than are worth counting in: only a refresh helps. */
    private static final Fresh MANY = new Fresh(List.of(), false);

    private static final int MOST_TURNS = 32;
    private static final int MOST_WORDS = 8192;

    private record Turn(int number, List<String> words) {}

    private final List<Turn> turns;
    private final boolean complete;

    private Fresh(List<Turn> turns, boolean complete) {
        this.turns = turns;
        this.complete = complete;
    }

    /** These turns, and one more or another in the place of that of the same number. */
    Fresh with(int number, List<String> words) {
        List<Turn> all = new ArrayList<>(turns);
        all.removeIf(turn -> turn.number() == number);
        all.add(new Turn(number, words));
        int counted = all.stream().mapToInt(turn -> turn.words().size()).sum();
        return complete && all.size() <= MOST_TURNS && counted <= MOST_WORDS ? new Fresh(all, true) : MANY;
    }

    /** Those of the turns that are numbered up to {@code last}. */
    Fresh upTo(int last) {
        return new Fresh(turns.stream().filter(turn -> turn.number() <= last).toList(), complete);
    }

    /** Whether these are all the turns that searchers may not see. */
    boolean complete() {
        return complete;
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /**
     * Counts a word.
     *
     * @param numbers of the rows, ascending
     * @param from the branch's first row
     * @param to one after its last
     * @param frequencies the rows' column, set for the rows of these turns
     */
    void count(String word, int[] numbers, int from, int to, int[] frequencies) {
        for (Turn turn : turns) {
            int row = Arrays.binarySearch(numbers, from, to, turn.number());
            if (row >= 0) {
                frequencies[row] = Collections.frequency(turn.words(), word);
            }
        }
    }
}
