package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.adapters.vectordb.qdrant.Batch.Found;
import io.perpetua.adapters.vectordb.words.Words;
import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionSignals;
import io.perpetua.domain.vision.RegionWords;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/*
 * One round trip asks for the regions that have a word of the query, for how near their vectors are, and for what else
 * passes the filter, since how rare a word is rests on all of them. Qdrant only finds: the scores are computed here, as the
 * embedded index does. Of more regions than are sent, the best by words and by meaning are, and rarity is of those.
 */
/** One search for regions. Used once, by one thread. */
final class RegionQuery {

    /** Of a longer query the words that come first are looked for. */
    private static final int MOST_WORDS = 256;

    /** Regions of each kind that are sent: a few megabytes. */
    private static final int MOST = 10_000;

    private final Batch batch;

    RegionQuery(Batch batch) {
        this.batch = batch;
    }

    /**
     * Searches.
     *
     * @param vector null, or as long as those of the collection
     */
    RegionSignals run(Filter passing, String query, float @Nullable [] vector, Deadline deadline) {
        var words = words(query);
        Found all = batch.passing(passing, MOST, RegionPoints.FIELDS);
        Found having = words.isEmpty()
                ? new Found()
                : batch.having(passing, MOST, RegionPoints.FIELDS, TermVector.anyOf(words.keySet()));
        Found near = vector == null ? new Found() : batch.near(passing, MOST, RegionPoints.FIELDS, vector);
        batch.ask(deadline);
        var lengths = new TreeMap<RegionId, Integer>();
        for (Found found : List.of(all, having, near)) {
            found.points().forEach(point -> lengths.put(RegionPoints.id(point.getPayloadMap()), length(point)));
        }
        var rows = List.copyOf(lengths.keySet());
        var row = new HashMap<RegionId, Integer>();
        rows.forEach(id -> row.put(id, row.size()));
        var lexical = new RegionWords(
                rows, lengths.values().stream().mapToInt(Integer::intValue).toArray());
        score(words, having, row, lexical);
        float[] meaning = new float[rows.size()];
        Arrays.fill(meaning, Float.NaN);
        near.points().forEach(point -> meaning[place(row, point)] = Math.clamp(point.getScore(), -1f, 1f));
        return lexical.with(meaning);
    }

    private static Map<String, Integer> words(String query) {
        Map<String, Integer> words = new LinkedHashMap<>();
        Words.ofQuery(query).forEach(word -> {
            if (words.size() < MOST_WORDS || words.containsKey(word)) {
                words.merge(word, 1, Integer::sum);
            }
        });
        return words;
    }

    private static int length(ScoredPoint point) {
        return (int) Columns.whole(point.getPayloadMap(), RegionPoints.LENGTH);
    }

    private static int place(Map<RegionId, Integer> row, ScoredPoint point) {
        return row.getOrDefault(RegionPoints.id(point.getPayloadMap()), 0);
    }

    private static void score(
            Map<String, Integer> words, Found having, Map<RegionId, Integer> row, RegionWords lexical) {
        Map<Integer, int[]> frequencies = new HashMap<>();
        words.keySet().forEach(word -> frequencies.put(TermVector.id(word), new int[row.size()]));
        for (ScoredPoint point : having.points()) {
            var found = VectorsOf.sparse(point, TurnPoints.WORDS);
            for (int i = 0; i < found.getIndicesCount(); i++) {
                int[] column = frequencies.get(found.getIndices(i));
                if (column != null) {
                    column[place(row, point)] = TermVector.frequency(found.getValues(i), length(point));
                }
            }
        }
        words.forEach((word, times) -> {
            int[] column = frequencies.get(TermVector.id(word));
            if (column != null && Arrays.stream(column).anyMatch(frequency -> frequency > 0)) {
                lexical.add(word, column, times);
            }
        });
    }
}
