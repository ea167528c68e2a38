package io.perpetua.bootstrap.replay;

import io.perpetua.application.chat.TurnReport;
import io.perpetua.domain.mode.Mode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one replayed conversation's requests came to. Not safe for concurrent use. */
final class ReplaySummary {

    private final String name;
    private final int promptCeiling;
    private final PromptDollars dollars;
    private final Map<Mode, Integer> modes = new EnumMap<>(Mode.class);
    private final List<int[]> afterFull = new ArrayList<>();
    private int turns;
    private int requests;
    private long full;
    private long sent;
    private int largest;
    private int overBudget;
    private int refused;

    /**
     * An empty summary.
     *
     * @param promptCeiling most tokens that a prompt may cost within the budget
     * @param dollars what its prompts cost
     */
    ReplaySummary(String name, int promptCeiling, PromptDollars dollars) {
        this.name = name;
        this.promptCeiling = promptCeiling;
        this.dollars = dollars;
    }

    void add(ReplayedRequest request) {
        dollars.add(request);
        TurnReport report = request.report();
        int cost = report.tokens().sent();
        requests++;
        full += report.tokens().full();
        sent += cost;
        largest = Math.max(largest, cost);
        modes.merge(report.mode(), 1, Integer::sum);
        if (cost > promptCeiling) {
            overBudget++;
        }
        if (report.mode() != Mode.FULL) {
            afterFull.add(new int[] {report.turn(), cost});
        }
    }

    /** Counts a request that is larger than the model's window. */
    void refuse() {
        refused++;
    }

    /** Counts another turn. */
    void turn() {
        turns++;
    }

    String name() {
        return name;
    }

    int turns() {
        return turns;
    }

    int requests() {
        return requests;
    }

    /** How many more requests there were, larger than the model's window. */
    int refused() {
        return refused;
    }

    long full() {
        return full;
    }

    long sent() {
        return sent;
    }

    int largest() {
        return largest;
    }

    int in(Mode mode) {
        return modes.getOrDefault(mode, 0);
    }

    List<PromptDollars.Row> dollars() {
        return dollars.rows();
    }

    boolean withinBudget() {
        return overBudget == 0;
    }

    /** Share of the tokens that full histories would have cost. */
    double saved() {
        return full == 0 ? 0 : 1 - (double) sent / full;
    }

    /** Tokens sent by a mean request after the conversation has left full mode. */
    double meanAfterFull() {
        return afterFull.stream().mapToInt(point -> point[1]).average().orElse(0);
    }

    /** How many tokens more each turn costs than the one before, after full mode: the slope of a least-squares line. */
    double slope() {
        double meanTurn =
                afterFull.stream().mapToInt(point -> point[0]).average().orElse(0);
        double meanCost = meanAfterFull();
        double up = 0;
        double across = 0;
        for (int[] point : afterFull) {
            up += (point[0] - meanTurn) * (point[1] - meanCost);
            across += (point[0] - meanTurn) * (point[0] - meanTurn);
        }
        return across == 0 ? 0 : up / across;
    }
}
