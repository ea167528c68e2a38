package io.perpetua.adapters.vectordb.qdrant;

import io.perpetua.adapters.vectordb.qdrant.Batch.Found;
import io.perpetua.adapters.vectordb.qdrant.Stretches.Part;
import io.perpetua.adapters.vectordb.qdrant.Stretches.Stretch;
import io.perpetua.adapters.vectordb.words.Words;
import io.perpetua.domain.memory.Contrast;
import io.perpetua.domain.memory.LexicalSignals;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.memory.TurnTable;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * One round trip asks for the columns of the turns that are not known here, for the turns that have a word of the query,
 * and for how near the vectors are. Qdrant only finds: how often each turn has each word is computed back from what it
 * sends, and scored among the turns of this path alone, as the embedded index does.
 */
/** One search of a path. Used once, by one thread. */
final class PathSearch {

    /** Of a longer query the words that come first are looked for, as in the embedded index. */
    private static final int MOST_WORDS = 256;

    /** Turns whose vectors make the mean. */
    private static final int SAMPLE = 1_000;

    private final Supplier<Batch> batches;
    private final KnownTurns known;
    private final Means means;
    private final List<Part> parts;

    PathSearch(Supplier<Batch> batches, KnownTurns known, Means means, List<Part> parts) {
        this.batches = batches;
        this.known = known;
        this.means = means;
        this.parts = parts;
    }

    /**
     * Searches.
     *
     * @param vector null, or as long as those of the collection
     * @return null when turns that seemed to be known are others; that is forgotten then, and a second search finds them
     */
    @Nullable
    TurnSignals run(String query, float @Nullable [] vector, Deadline deadline) {
        Map<String, Integer> words = words(query);
        float[] telling = vector == null ? null : Contrast.of(unit(vector), mean(vector.length, deadline));
        long changes = known.changes();
        Batch batch = batches.get();
        List<List<Columns>> runs = parts.stream().map(known::of).toList();
        List<Found> columns = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            columns.add(batch.columns(unknown(parts.get(i), runs.get(i))));
        }
        List<Found> having = new ArrayList<>();
        List<Found> near = new ArrayList<>();
        List<Found> passages = new ArrayList<>();
        var sought = TermVector.anyOf(words.keySet());
        for (Stretch stretch : Stretches.of(parts)) {
            if (!words.isEmpty()) {
                having.add(batch.words(stretch, sought));
            }
            if (telling != null) {
                near.add(batch.nearest(stretch, TurnPoints.DENSE, telling));
                passages.add(batch.nearest(stretch, TurnPoints.PASSAGE, telling));
            }
        }
        batch.ask(deadline);
        var rows = rows(runs, columns, changes);
        if (rows == null) {
            return null;
        }
        if (telling != null) {
            means.seen(parts, (int) points(near).count());
        }
        var table = Columns.table(rows);
        var lexical = new LexicalSignals(table);
        score(words, having, table, lexical);
        return lexical.with(table, column(table, near), column(table, passages));
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

    /** What is asked about of a part: its last turn that is known, and what follows. */
    private static Part unknown(Part part, List<Columns> run) {
        return run.isEmpty() ? part : new Part(part.key(), run.getLast().number(), part.last());
    }

    /** The path's turns, ascending; null when some of those that were known are others. */
    private @Nullable List<Columns> rows(List<List<Columns>> runs, List<Found> columns, long changes) {
        List<Columns> rows = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            List<Columns> run = runs.get(i);
            List<Columns> found = ascending(columns.get(i));
            if (!run.isEmpty() && (found.isEmpty() || !found.getFirst().equals(run.getLast()))) {
                known.forget(part.key(), part.first());
                return null;
            }
            List<Columns> all = new ArrayList<>(run.isEmpty() ? run : run.subList(0, run.size() - 1));
            all.addAll(found);
            known.learn(part, all, changes);
            rows.addAll(all);
        }
        return rows;
    }

    private static List<Columns> ascending(Found found) {
        List<Columns> columns = new ArrayList<>();
        for (ScoredPoint point : found.points()) {
            Columns turn = Columns.of(point.getPayloadMap());
            if (turn != null) {
                columns.add(turn);
            }
        }
        columns.sort(Comparator.comparingInt(Columns::number));
        return columns;
    }

    private void score(Map<String, Integer> words, List<Found> having, TurnTable table, LexicalSignals lexical) {
        Map<Integer, int[]> frequencies = new HashMap<>();
        words.keySet().forEach(word -> frequencies.put(TermVector.id(word), new int[table.size()]));
        points(having).forEach(point -> count(point, table, frequencies));
        words.forEach((word, times) -> {
            int[] column = frequencies.get(TermVector.id(word));
            if (column != null && Arrays.stream(column).anyMatch(frequency -> frequency > 0)) {
                lexical.add(word, column, times);
            }
        });
    }

    private static void count(ScoredPoint point, TurnTable table, Map<Integer, int[]> frequencies) {
        int row = row(point, table);
        var words = VectorsOf.sparse(point, TurnPoints.WORDS);
        for (int i = 0; row >= 0 && i < words.getIndicesCount(); i++) {
            int[] column = frequencies.get(words.getIndices(i));
            if (column != null) {
                column[row] = TermVector.frequency(words.getValues(i), table.lengths()[row]);
            }
        }
    }

    private static float[] column(TurnTable table, List<Found> scores) {
        float[] column = new float[table.size()];
        Arrays.fill(column, Float.NaN);
        points(scores).forEach(point -> {
            int row = row(point, table);
            if (row >= 0) {
                column[row] = Math.clamp(point.getScore(), -1f, 1f);
            }
        });
        return column;
    }

    private static Stream<ScoredPoint> points(List<Found> found) {
        return found.stream().flatMap(each -> each.points().stream());
    }

    /** Negative when it came after the columns were read. */
    private static int row(ScoredPoint point, TurnTable table) {
        return Arrays.binarySearch(table.numbers(), (int) Columns.whole(point.getPayloadMap(), Columns.NUMBER));
    }

    /** The mean of the path's vectors. */
    private float[] mean(int dimensions, Deadline deadline) {
        float[] kept = means.of(parts);
        if (kept != null) {
            return kept;
        }
        Batch batch = batches.get();
        Found sample = batch.vectors(new Stretch(parts), SAMPLE);
        batch.ask(deadline);
        float[] mean = new float[dimensions];
        int vectors = 0;
        int turns = 0;
        for (ScoredPoint point : sample.points()) {
            var parts = VectorsOf.several(point, TurnPoints.DENSE);
            turns += parts.isEmpty() ? 0 : 1;
            for (DenseVector vector : parts) {
                vectors++;
                for (int i = 0; i < Math.min(dimensions, vector.getDataCount()); i++) {
                    mean[i] += vector.getData(i);
                }
            }
        }
        for (int i = 0; i < dimensions; i++) {
            mean[i] /= Math.max(1, vectors);
        }
        means.keep(parts, mean, turns);
        return mean;
    }

    private static float[] unit(float[] vector) {
        double square = 0;
        for (float x : vector) {
            square += (double) x * x;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = square == 0 ? 0 : (float) (vector[i] / Math.sqrt(square));
        }
        return unit;
    }
}
