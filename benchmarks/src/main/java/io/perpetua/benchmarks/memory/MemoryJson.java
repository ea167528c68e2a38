package io.perpetua.benchmarks.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The results as a document for programs; shares are in [0, 1]. */
final class MemoryJson {

    private final Results results;

    private MemoryJson(Results results) {
        this.results = results;
    }

    static Map<String, Object> of(Results results) {
        return new MemoryJson(results).document();
    }

    private Map<String, Object> document() {
        var perpetua = results.of(Contender.PERPETUA);
        var document = new LinkedHashMap<String, Object>();
        document.put("dataset", results.set().name());
        document.put("questions", Results.questions(perpetua.byBudget(), results::scored));
        document.put("budgets", scores(perpetua.byBudget(), results::scored));
        document.put("intervals", intervals(perpetua.byBudget()));
        document.put("recall_at", recalls(perpetua.byDepth()));
        var categories = new LinkedHashMap<String, Object>();
        results.categories().forEach(each -> categories.put(each, scores(perpetua.byBudget(), each::equals)));
        document.put("categories", categories);
        document.put("prefixes", prefixes(perpetua));
        var baselines = new LinkedHashMap<String, Object>();
        for (Contender who : Contender.values()) {
            if (who.isBaseline()) {
                baselines.put(who.key(), baseline(results.of(who)));
            }
        }
        document.put("without_embedder", withoutEmbedder(results.of(Contender.WITHOUT_EMBEDDER)));
        document.put("baselines", baselines);
        if (results.instructions().needed() > 0) {
            document.put("instructions", instructions(results.instructions()));
        }
        return document;
    }

    private Map<String, Object> withoutEmbedder(Figures without) {
        var document = new LinkedHashMap<String, Object>();
        document.put("budgets", scores(without.byBudget(), results::scored));
        document.put("intervals", intervals(without.byBudget()));
        document.put("recall_at", recalls(without.byDepth()));
        var less = new LinkedHashMap<String, Object>();
        results.lostWithoutEmbedder()
                .forEach((budget, lost) -> less.put(budget.toString(), pair(lost.recall(), lost.all())));
        document.put("less_than_with_it", less);
        document.put("prefixes", prefixes(without));
        if (results.instructionsByWords().needed() > 0) {
            document.put("instructions", instructions(results.instructionsByWords()));
        }
        return document;
    }

    private Map<String, Object> baseline(Figures figures) {
        var document = scores(figures.byBudget(), results::scored);
        document.put("recall_at", recalls(figures.byDepth()));
        document.put("prefixes", prefixes(figures));
        return document;
    }

    private Map<String, Object> prefixes(Figures figures) {
        var document = new LinkedHashMap<String, Object>();
        for (int turns : results.prefixes()) {
            var found = figures.evidence(turns);
            var prefix = new LinkedHashMap<String, Object>();
            prefix.put("questions", Results.questions(found, results::scored));
            prefix.put("saved", scores(found, results::scored));
            prefix.put("intervals", intervals(found));
            document.put(Integer.toString(turns), prefix);
        }
        return document;
    }

    private static Map<String, Object> instructions(Instructions instructions) {
        double needed = instructions.needed();
        var document = new LinkedHashMap<String, Object>();
        document.put("needed", instructions.needed());
        document.put("present", 1 - instructions.absent().size() / needed);
        document.put("anchored", 1 - instructions.notAnchored().size() / needed);
        document.put("absent", instructions.absent());
        document.put("not_anchored", instructions.notAnchored());
        return document;
    }

    private Map<String, Object> recalls(Map<Integer, Evidence> found) {
        var recalls = new LinkedHashMap<String, Object>();
        found.forEach((key, evidence) ->
                recalls.put(key.toString(), evidence.score(results::scored).recall()));
        return recalls;
    }

    private Map<String, Object> intervals(Map<Integer, Evidence> found) {
        var intervals = new LinkedHashMap<String, Object>();
        found.forEach((key, evidence) -> {
            var interval = results.interval(evidence);
            intervals.put(key.toString(), List.of(interval.low(), interval.high()));
        });
        return intervals;
    }

    private static Map<String, Object> scores(Map<Integer, Evidence> found, Predicate<String> counted) {
        var scores = new LinkedHashMap<String, Object>();
        found.forEach((key, evidence) -> {
            var score = evidence.score(counted);
            scores.put(key.toString(), pair(score.recall(), score.all()));
        });
        return scores;
    }

    private static Map<String, Object> pair(double recall, double all) {
        var pair = new LinkedHashMap<String, Object>();
        pair.put("recall", recall);
        pair.put("all_evidence", all);
        return pair;
    }
}
