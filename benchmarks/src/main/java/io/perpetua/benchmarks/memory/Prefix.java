package io.perpetua.benchmarks.memory;

import io.perpetua.benchmarks.memory.Recording.Asked;
import java.util.List;

/**
 * A conversation's beginning, at the time when it was all there was.
 *
 * @param turns how many turns it has
 * @param tokens what it costs to send it whole, the overhead of its messages included
 */
record Prefix(int turns, int tokens) {

    /** Turns of the beginnings that are simulated. */
    static final List<Integer> TURNS = List.of(50, 100, 200, 400);

    /** Percentages of its tokens that are to be saved. */
    static final List<Integer> SAVINGS = List.of(70, 80, 90);

    /** The beginnings of a recording that is longer than they are. */
    static List<Integer> of(Recording recording) {
        return TURNS.stream().filter(turns -> turns <= recording.lines().size()).toList();
    }

    /** The questions that can be answered from the first {@code turns} turns: all their evidence is there. */
    static List<Asked> answerable(Recording recording, int turns) {
        return recording.questions().stream()
                .filter(asked -> asked.evidence().stream().allMatch(turn -> turn <= turns))
                .toList();
    }

    /** The tokens of context that are left when {@code saved} percent of them are saved. */
    int budget(int saved) {
        return tokens * (100 - saved) / 100;
    }
}
