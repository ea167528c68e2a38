package io.perpetua.benchmarks.memory;

import io.perpetua.benchmarks.memory.Recording.Asked;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one method found of the evidence, by how much it might show. Not safe for concurrent use. */
final class Figures {

    /** Tokens of context. */
    static final List<Integer> BUDGETS = List.of(1_000, 2_000, 4_000);

    /** Turns. */
    static final List<Integer> DEPTHS = List.of(5, 10, 25, 50);

    private final Map<Integer, Evidence> byBudget = new TreeMap<>();
    private final Map<Integer, Evidence> byDepth = new TreeMap<>();
    private final Map<Integer, Map<Integer, Evidence>> byPrefix = new TreeMap<>();

    Figures() {
        BUDGETS.forEach(budget -> byBudget.put(budget, new Evidence()));
        DEPTHS.forEach(depth -> byDepth.put(depth, new Evidence()));
        for (int turns : Prefix.TURNS) {
            var bySaving = new TreeMap<Integer, Evidence>();
            Prefix.SAVINGS.forEach(saved -> bySaving.put(saved, new Evidence()));
            byPrefix.put(turns, bySaving);
        }
    }

    /** Asks a question about a whole conversation. */
    void ask(String conversation, Asked asked, Method method) {
        byBudget.forEach((budget, found) -> found.add(conversation, asked, method.within(asked.text(), budget)));
        byDepth.forEach((depth, found) -> found.add(conversation, asked, method.best(asked.text(), depth)));
    }

    /** Asks a question about a conversation's beginning. */
    void ask(String conversation, Prefix prefix, Asked asked, Method method) {
        evidence(prefix.turns())
                .forEach((saved, found) ->
                        found.add(conversation, asked, method.within(asked.text(), prefix.budget(saved))));
    }

    Map<Integer, Evidence> byBudget() {
        return byBudget;
    }

    Map<Integer, Evidence> byDepth() {
        return byDepth;
    }

    /** What was found in beginnings of so many turns, by the percentage of tokens saved. */
    Map<Integer, Evidence> evidence(int turns) {
        return byPrefix.getOrDefault(turns, Map.of());
    }
}
