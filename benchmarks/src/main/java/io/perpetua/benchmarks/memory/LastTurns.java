package io.perpetua.benchmarks.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * The last turns that the tokens hold, as messages: what a sliding window sends, which is what LangChain4j and Spring AI
 * offer.
 *
 * @param tokens what each turn costs as a message, turn 1 first
 */
record LastTurns(List<Integer> tokens) implements Method {

    @Override
    public List<Integer> within(String question, int budget) {
        var turns = new ArrayList<Integer>();
        int left = budget;
        for (int turn = tokens.size(); turn >= 1 && tokens.get(turn - 1) <= left; turn--) {
            left -= tokens.get(turn - 1);
            turns.add(turn);
        }
        return turns;
    }

    @Override
    public List<Integer> best(String question, int depth) {
        var turns = new ArrayList<Integer>();
        for (int turn = tokens.size(); turn >= 1 && turns.size() < depth; turn--) {
            turns.add(turn);
        }
        return turns;
    }
}
