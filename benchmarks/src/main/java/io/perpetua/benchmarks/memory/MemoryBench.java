package io.perpetua.benchmarks.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.perpetua.application.memory.QueryMemory;
import io.perpetua.benchmarks.memory.Recording.Asked;
import io.perpetua.bootstrap.Contexts;
import io.perpetua.bootstrap.ProgressBar;
import io.perpetua.bootstrap.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code perpetua bench memory}: how much of the evidence for recorded questions the memory brings, through the code
 * that serves {@code /v1/memory/query}, in real tokens, the lines' labels included.
 */
@Command(
        name = "memory",
        description = "Measure recall of evidence on recorded conversations.",
        mixinStandardHelpOptions = true)
public final class MemoryBench implements Callable<Integer> {

    private static final List<Integer> BUDGETS = List.of(1_000, 2_000, 4_000);
    private static final List<Integer> DEPTHS = List.of(5, 10, 25, 50);
    private static final long SEED = 20_261_120;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "LoCoMo's or BEAM's re-packed format.")
    private Path data = Path.of("");

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures as JSON, too.")
    private @Nullable Path out;

    @Option(names = "--chart", paramLabel = "SVG", description = "Draw recall over tokens.")
    private @Nullable Path chart;

    private final Map<Integer, Evidence> byBudget = new TreeMap<>();
    private final Map<Integer, Evidence> byDepth = new TreeMap<>();
    private final Map<Integer, Evidence> recentOnly = new TreeMap<>();

    @Override
    public Integer call() throws IOException {
        BUDGETS.forEach(budget -> byBudget.put(budget, new Evidence()));
        BUDGETS.forEach(budget -> recentOnly.put(budget, new Evidence()));
        DEPTHS.forEach(depth -> byDepth.put(depth, new Evidence()));
        var set = DataSet.read(data);
        Path folder = Files.createTempDirectory("perpetua-bench");
        try (var context = Contexts.unhurried(null, folder)) {
            measure(set, context);
        } finally {
            TemporaryFolders.delete(folder);
        }
        report(set);
        return 0;
    }

    private void measure(DataSet set, ApplicationContext context) {
        var progress = new ProgressBar(
                System.err,
                set.recordings().stream()
                        .mapToInt(recording -> 1 + recording.questions().size())
                        .sum());
        for (Recording recording : set.recordings()) {
            var remembered = Remembered.of(recording, context);
            progress.step(recording.id());
            for (Asked asked : recording.questions()) {
                ask(recording, remembered, asked, context.getBean(QueryMemory.class));
                progress.step(recording.id());
            }
        }
        progress.done();
    }

    private void ask(Recording recording, Remembered remembered, Asked asked, QueryMemory memory) {
        byBudget.forEach((budget, evidence) ->
                evidence.add(recording.id(), asked, remembered.within(memory, asked.text(), budget)));
        byDepth.forEach(
                (depth, evidence) -> evidence.add(recording.id(), asked, remembered.best(memory, asked.text(), depth)));
        recentOnly.forEach((budget, evidence) -> evidence.add(recording.id(), asked, remembered.last(budget)));
    }

    private void report(DataSet set) throws IOException {
        Predicate<String> scored = category -> !set.unscored().contains(category);
        var table = new Table("recall/all evidence, %", "1k tokens", "2k tokens", "4k tokens");
        table.row(row("Perpetua", byBudget, scored));
        table.row(intervals(scored));
        for (String category : categories(set)) {
            table.row(row(
                    set.unscored().contains(category) ? category + " (apart)" : category, byBudget, category::equals));
        }
        table.row(row("last turns only", recentOnly, scored));
        System.out.println(table);
        var depths = new Table("recall at k turns, %", "5", "10", "25", "50");
        System.out.println(depths.row(row("Perpetua", byDepth, scored)));
        if (out != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(out.toFile(), json(set, scored));
        }
        if (chart != null) {
            var drawn = new Chart(set.name() + ": recall of evidence")
                    .line("Perpetua", recalls(byBudget, scored))
                    .line("last turns only", recalls(recentOnly, scored));
            Files.writeString(chart, drawn.svg());
        }
    }

    private Map<String, Object> json(DataSet set, Predicate<String> scored) {
        var document = new LinkedHashMap<String, Object>();
        document.put("dataset", set.name());
        document.put("questions", questions(set, scored));
        document.put("budgets", scores(byBudget, scored));
        var depths = new LinkedHashMap<String, Object>();
        byDepth.forEach((depth, evidence) ->
                depths.put(depth.toString(), evidence.score(scored).recall()));
        document.put("recall_at", depths);
        var categories = new LinkedHashMap<String, Object>();
        categories(set).forEach(category -> categories.put(category, scores(byBudget, category::equals)));
        document.put("categories", categories);
        document.put("baselines", Map.of("last_turns", scores(recentOnly, scored)));
        return document;
    }

    private static Map<String, Object> scores(Map<Integer, Evidence> measured, Predicate<String> counted) {
        var scores = new LinkedHashMap<String, Object>();
        measured.forEach((key, evidence) -> {
            var score = evidence.score(counted);
            scores.put(key.toString(), Map.of("recall", score.recall(), "all_evidence", score.all()));
        });
        return scores;
    }

    private static long questions(DataSet set, Predicate<String> counted) {
        return set.recordings().stream()
                .flatMap(recording -> recording.questions().stream())
                .filter(asked -> counted.test(asked.category()))
                .count();
    }

    private static List<String> categories(DataSet set) {
        return set.recordings().stream()
                .flatMap(recording -> recording.questions().stream())
                .map(Asked::category)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> row(String name, Map<Integer, Evidence> measured, Predicate<String> counted) {
        var cells = new ArrayList<>(List.of(name));
        measured.values().forEach(evidence -> cells.add(evidence.score(counted).toString()));
        return cells;
    }

    private List<String> intervals(Predicate<String> counted) {
        var cells = new ArrayList<>(List.of("  95 % of conversations"));
        byBudget.values()
                .forEach(evidence -> cells.add(
                        evidence.interval(counted, new SplittableRandom(SEED)).toString()));
        return cells;
    }

    private static Map<Integer, Double> recalls(Map<Integer, Evidence> measured, Predicate<String> counted) {
        var recalls = new TreeMap<Integer, Double>();
        measured.forEach((tokens, evidence) ->
                recalls.put(tokens, evidence.score(counted).recall()));
        return recalls;
    }
}
