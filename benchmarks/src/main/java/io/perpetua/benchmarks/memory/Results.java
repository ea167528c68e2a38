package io.perpetua.benchmarks.memory;

import io.perpetua.benchmarks.memory.Evidence.Interval;
import io.perpetua.benchmarks.memory.Evidence.Score;
import io.perpetua.benchmarks.memory.Recording.Asked;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What came of running a data set.
 *
 * @param instructions whether standing instructions were there, with the embedder
 * @param instructionsByWords the same without it
 */
record Results(
        DataSet set, Map<Contender, Figures> figures, Instructions instructions, Instructions instructionsByWords) {

    private static final long SEED = 20_261_120;

    /** The results of both runs: with the embedder, and without it beside the baselines. */
    static Results of(DataSet set, Run withEmbedder, Run byWords) {
        var figures = new EnumMap<Contender, Figures>(withEmbedder.figures());
        figures.putAll(byWords.figures());
        return new Results(set, figures, withEmbedder.instructions(), byWords.instructions());
    }

    Figures of(Contender who) {
        return figures.getOrDefault(who, new Figures());
    }

    /** Whether a category counts for the headline figures. */
    boolean scored(String category) {
        return !set.unscored().contains(category);
    }

    /** The 95 % interval of scored recall, by conversations. */
    Interval interval(Evidence evidence) {
        return evidence.interval(this::scored, new SplittableRandom(SEED));
    }

    /** The categories, in alphabetical order. */
    List<String> categories() {
        return set.recordings().stream()
                .flatMap(recording -> recording.questions().stream())
                .map(Asked::category)
                .distinct()
                .sorted()
                .toList();
    }

    /** The lengths of beginnings that some scored question could be asked about. */
    List<Integer> prefixes() {
        return Prefix.TURNS.stream()
                .filter(turns -> of(Contender.PERPETUA).evidence(turns).values().stream()
                        .anyMatch(found -> found.score(this::scored).questions() > 0))
                .toList();
    }

    /** By how much recall without the embedder is lower, in [-1, 1], by the tokens of context. */
    Map<Integer, Score> lostWithoutEmbedder() {
        var lost = new TreeMap<Integer, Score>();
        of(Contender.PERPETUA).byBudget().forEach((budget, evidence) -> lost.put(budget, evidence.score(this::scored)));
        of(Contender.WITHOUT_EMBEDDER).byBudget().forEach((budget, evidence) -> {
            var without = evidence.score(this::scored);
            lost.computeIfPresent(
                    budget,
                    (same, with) ->
                            new Score(with.questions(), with.recall() - without.recall(), with.all() - without.all()));
        });
        return lost;
    }

    /** How many questions were asked, of those whose category is {@code counted}. */
    static int questions(Map<Integer, Evidence> found, Predicate<String> counted) {
        return found.values().stream()
                .mapToInt(evidence -> evidence.score(counted).questions())
                .findFirst()
                .orElse(0);
    }
}
