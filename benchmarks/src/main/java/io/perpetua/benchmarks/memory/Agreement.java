package io.perpetua.benchmarks.memory;

import io.perpetua.benchmarks.memory.Evidence.Score;
import io.perpetua.benchmarks.memory.Recording.Asked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How far two servers found the same, and how much of the evidence each of them found. Shares are in [0, 1]. */
final class Agreement {

    private static final List<Integer> DEPTHS = List.of(1, 5, Answers.DEPTH);

    private final DataSet set;
    private final Answers lucene;
    private final Answers qdrant;
    private final String server;

    /**
     * Compares the answers of two servers.
     *
     * @param server what stood for Qdrant
     */
    Agreement(DataSet set, Answers lucene, Answers qdrant, String server) {
        this.set = set;
        this.lucene = lucene;
        this.qdrant = qdrant;
        this.server = server;
    }

    /** The mean share of the best {@code depth} of one that are among those of the other. */
    double overlap(int depth) {
        return lucene.best().entrySet().stream()
                .mapToDouble(found -> {
                    var ours = first(found.getValue(), depth);
                    var theirs = Set.copyOf(first(qdrant.best().getOrDefault(found.getKey(), List.of()), depth));
                    int most = Math.max(ours.size(), theirs.size());
                    return most == 0
                            ? 1
                            : (double) ours.stream().filter(theirs::contains).count() / most;
                })
                .average()
                .orElse(1);
    }

    private static List<Integer> first(List<Integer> found, int depth) {
        return found.subList(0, Math.min(depth, found.size()));
    }

    /** The share of questions whose contexts are of the same turns. */
    double sameContexts() {
        return lucene.sent().entrySet().stream()
                .mapToDouble(sent -> sent.getValue().equals(qdrant.sent().get(sent.getKey())) ? 1 : 0)
                .average()
                .orElse(1);
    }

    private Score recall(Map<Asked, List<Integer>> found) {
        var evidence = new Evidence();
        for (Recording recording : set.recordings()) {
            for (Asked asked : recording.questions()) {
                evidence.add(recording.id(), asked, found.getOrDefault(asked, List.of()));
            }
        }
        return evidence.score(category -> !set.unscored().contains(category));
    }

    /** The figures as a document for programs. */
    Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("dataset", set.name());
        document.put("qdrant", server);
        document.put("questions", lucene.best().size());
        var overlaps = new LinkedHashMap<String, Object>();
        DEPTHS.forEach(depth -> overlaps.put(depth.toString(), overlap(depth)));
        document.put("overlap_at", overlaps);
        document.put("same_contexts", sameContexts());
        document.put("recall", Map.of("lucene", recalls(lucene), "qdrant", recalls(qdrant)));
        return document;
    }

    private Map<String, Object> recalls(Answers answers) {
        return Map.of(
                "best_" + Answers.DEPTH, recall(answers.best()).recall(),
                "tokens_" + Answers.TOKENS, recall(answers.sent()).recall());
    }

    @Override
    public String toString() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s, %d questions, every one of both indexes; %s stood for Qdrant%n%n",
                set.name(),
                lucene.best().size(),
                server));
        var overlap = new Table("", "top 1", "top 5", "top " + Answers.DEPTH, "same context");
        overlap.row(List.of(
                "found by both",
                share(overlap(1)),
                share(overlap(5)),
                share(overlap(Answers.DEPTH)),
                share(sameContexts())));
        var recall = new Table("recall of evidence", "best " + Answers.DEPTH, Answers.TOKENS + " tokens");
        recall.row(List.of(
                "lucene",
                share(recall(lucene.best()).recall()),
                share(recall(lucene.sent()).recall())));
        recall.row(List.of(
                "qdrant",
                share(recall(qdrant.best()).recall()),
                share(recall(qdrant.sent()).recall())));
        return text.append(overlap)
                .append(System.lineSeparator())
                .append(recall)
                .toString();
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }
}
