package io.perpetua.benchmarks.memory;

import java.util.Map;
import java.util.TreeMap;

/** The results as a chart: recall over the tokens of context, and over the tokens saved in a conversation's beginning. */
final class MemoryChart {

    /** Turns of the beginning that is drawn. */
    private static final int TURNS = 100;

    private MemoryChart() {}

    static String of(Results results) {
        var chart = new Chart(results.set().name() + ": how much of the evidence is in the context");
        var tokens = new Panel("whole conversations", "tokens of context", true);
        for (Contender who : Contender.values()) {
            tokens.line(who.label(), recalls(results, results.of(who).byBudget()));
        }
        chart.panel(tokens);
        if (results.prefixes().contains(TURNS)) {
            var saved = new Panel("the first " + TURNS + " turns", "% of their tokens saved", false);
            for (Contender who : Contender.values()) {
                saved.line(who.label(), recalls(results, results.of(who).evidence(TURNS)));
            }
            chart.panel(saved);
        }
        return chart.svg();
    }

    private static Map<Integer, Double> recalls(Results results, Map<Integer, Evidence> found) {
        var recalls = new TreeMap<Integer, Double>();
        found.forEach((at, evidence) ->
                recalls.put(at, evidence.score(results::scored).recall()));
        return recalls;
    }
}
