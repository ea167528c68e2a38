package io.perpetua.benchmarks.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The results as tables for people. */
final class MemoryTables {

    private static final String INTERVAL = "  95 % by conversation";

    private final Results results;

    private MemoryTables(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        var tables = new MemoryTables(results);
        return Stream.of(
                        tables.budgets(),
                        tables.categories(),
                        tables.depths(),
                        tables.prefixes(),
                        tables.instructions())
                .filter(table -> !table.isEmpty())
                .reduce((above, below) -> above + "\n" + below)
                .orElseThrow();
    }

    private String budgets() {
        var table = new Table(results.set().name() + ": recall/all evidence, %", "1k tokens", "2k tokens", "4k tokens");
        for (Contender who : Contender.values()) {
            var found = results.of(who).byBudget();
            table.row(row(who.label(), found, results::scored));
            table.row(intervals(found));
            if (who == Contender.WITHOUT_EMBEDDER) {
                table.row(differences());
            }
        }
        return table.toString();
    }

    private List<String> differences() {
        var cells = new ArrayList<>(List.of("  less than with it"));
        results.lostWithoutEmbedder().values().forEach(lost -> cells.add(lost.toString()));
        return cells;
    }

    private String categories() {
        var table = new Table("Perpetua by category", "questions", "1k tokens", "2k tokens", "4k tokens");
        for (String category : results.categories()) {
            var found = results.of(Contender.PERPETUA).byBudget();
            var cells = row(results.scored(category) ? category : category + " (apart)", found, category::equals);
            cells.add(1, Integer.toString(Results.questions(found, category::equals)));
            table.row(cells);
        }
        return table.toString();
    }

    private String depths() {
        var table = new Table("recall/all evidence at k turns, %", "5", "10", "25", "50");
        for (Contender who : Contender.values()) {
            table.row(row(who.label(), results.of(who).byDepth(), results::scored));
        }
        return table.toString();
    }

    private String prefixes() {
        if (results.prefixes().isEmpty()) {
            return "";
        }
        var table = new Table("only the first turns exist", "questions", "70 % saved", "80 % saved", "90 % saved");
        for (int turns : results.prefixes()) {
            for (Contender who : Contender.values()) {
                var found = results.of(who).evidence(turns);
                var cells = row(turns + " turns: " + who.label(), found, results::scored);
                cells.add(1, Integer.toString(Results.questions(found, results::scored)));
                table.row(cells);
                if (who == Contender.PERPETUA) {
                    var interval = intervals(found);
                    interval.add(1, "");
                    table.row(interval);
                }
            }
        }
        return table.toString();
    }

    private String instructions() {
        if (results.instructions().needed() == 0) {
            return "";
        }
        var table = new Table("standing instructions", "needed", "in the context", "among the anchors");
        table.row(instructions(Contender.PERPETUA, results.instructions()));
        table.row(instructions(Contender.WITHOUT_EMBEDDER, results.instructionsByWords()));
        var absent = results.instructions().absent();
        var notAnchored = results.instructions().notAnchored();
        return table + "not in the context: " + listed(absent) + "\nnot among the anchors: " + listed(notAnchored)
                + "\n";
    }

    private static List<String> instructions(Contender who, Instructions instructions) {
        int needed = instructions.needed();
        return List.of(
                who.label(),
                Integer.toString(needed),
                share(needed - instructions.absent().size(), needed),
                share(needed - instructions.notAnchored().size(), needed));
    }

    private static String share(int there, int needed) {
        return String.format(Locale.ROOT, "%.0f %%", 100.0 * there / needed);
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join("; ", names);
    }

    private static List<String> row(String name, Map<Integer, Evidence> found, Predicate<String> counted) {
        var cells = new ArrayList<>(List.of(name));
        found.values().forEach(evidence -> cells.add(evidence.score(counted).toString()));
        return cells;
    }

    private List<String> intervals(Map<Integer, Evidence> found) {
        var cells = new ArrayList<>(List.of(INTERVAL));
        found.values().forEach(evidence -> cells.add(results.interval(evidence).toString()));
        return cells;
    }
}
