package io.perpetua.application.memory;

import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.Contrast;
import io.perpetua.domain.memory.LexicalSignals;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.memory.TurnTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TurnIndex} on the heap. Its words are {@link PlainWords}. What was flushed outlasts an
 * outage, nothing outlasts the object.
 */
public final class InMemoryTurnIndex implements TurnIndex {

    private record Branch(Scope scope, String id) {}

    private Map<Branch, NavigableMap<Integer, IndexedTurn>> branches = new LinkedHashMap<>();
    private Map<Branch, NavigableMap<Integer, IndexedTurn>> flushed = new LinkedHashMap<>();
    private boolean needsRebuild = true;
    private boolean available = true;

    /** From now on every call fails; what was not flushed is lost. */
    public synchronized void goAway() {
        available = false;
        branches = copy(flushed);
    }

    public synchronized void comeBack() {
        available = true;
    }

    /** Loses everything and asks to be rebuilt. */
    public synchronized void takeDamage() {
        branches.clear();
        flushed.clear();
        needsRebuild = true;
    }

    private void requireAvailable() {
        if (!available) {
            throw new IndexUnavailable("gone away", null);
        }
    }

    private static Map<Branch, NavigableMap<Integer, IndexedTurn>> copy(
            Map<Branch, NavigableMap<Integer, IndexedTurn>> other) {
        var copy = new LinkedHashMap<Branch, NavigableMap<Integer, IndexedTurn>>();
        other.forEach((branch, turns) -> copy.put(branch, new TreeMap<>(turns)));
        return copy;
    }

    @Override
    public synchronized void put(List<IndexedTurn> turns) {
        requireAvailable();
        for (IndexedTurn turn : turns) {
            branches.computeIfAbsent(new Branch(turn.scope(), turn.branch()), b -> new TreeMap<>())
                    .put(turn.turn().number(), turn);
        }
    }

    @Override
    public synchronized void erase(Scope scope, String branch, int after) {
        requireAvailable();
        branches.getOrDefault(new Branch(scope, branch), new TreeMap<>())
                .tailMap(after, false)
                .clear();
    }

    @Override
    public synchronized void flush() {
        requireAvailable();
        flushed = copy(branches);
    }

    @Override
    public synchronized TurnSignals search(
            Scope scope, List<PathSegment> path, String query, float @Nullable [] queryVector) {
        requireAvailable();
        List<IndexedTurn> turns = on(scope, path);
        List<List<String>> words = turns.stream()
                .map(turn -> PlainWords.INSTANCE.of(turn.turn().message()))
                .toList();
        TurnTable table = table(turns, words);
        LexicalSignals lexical = new LexicalSignals(table);
        List<String> asked = PlainWords.INSTANCE.ofQuery(query);
        for (String word : new LinkedHashSet<>(asked)) {
            int[] frequencies =
                    words.stream().mapToInt(w -> Collections.frequency(w, word)).toArray();
            if (Arrays.stream(frequencies).anyMatch(f -> f > 0)) {
                lexical.add(word, frequencies, Collections.frequency(asked, word));
            }
        }
        float[] meaning = new float[turns.size()];
        float[] passage = new float[turns.size()];
        Arrays.fill(meaning, Float.NaN);
        Arrays.fill(passage, Float.NaN);
        if (queryVector != null) {
            float[] telling = Contrast.of(unit(queryVector), mean(turns, queryVector.length));
            for (int i = 0; i < meaning.length; i++) {
                meaning[i] = best(turns.get(i).vectors(), telling);
                passage[i] = best(turns.get(i).passage(), telling);
            }
        }
        return lexical.with(table, meaning, passage);
    }

    @Override
    public synchronized boolean needsRebuild() {
        requireAvailable();
        return needsRebuild;
    }

    @Override
    public synchronized void rebuilding() {
        requireAvailable();
        needsRebuild = false;
    }

    private List<IndexedTurn> on(Scope scope, List<PathSegment> path) {
        List<IndexedTurn> turns = new ArrayList<>();
        for (PathSegment segment : path) {
            if (segment.turns() > 0) {
                turns.addAll(branches.getOrDefault(new Branch(scope, segment.branch()), new TreeMap<>())
                        .subMap(segment.first(), true, segment.last(), true)
                        .values());
            }
        }
        return turns;
    }

    private static TurnTable table(List<IndexedTurn> turns, List<List<String>> words) {
        List<@Nullable String> names = new ArrayList<>();
        turns.forEach(turn -> names.add(turn.turn().message().name()));
        return TurnTable.of(
                turns.stream().mapToInt(turn -> turn.turn().number()).toArray(),
                turns.stream().map(turn -> turn.turn().message().role()).toList(),
                names,
                turns.stream()
                        .mapToLong(turn -> turn.turn().at().getEpochSecond())
                        .toArray(),
                turns.stream().mapToInt(turn -> turn.turn().tokens()).toArray(),
                words.stream().mapToInt(List::size).toArray());
    }

    private static float[] mean(List<IndexedTurn> turns, int dimensions) {
        float[] mean = new float[dimensions];
        List<float[]> vectors = turns.stream()
                .flatMap(turn -> turn.vectors().stream())
                .filter(vector -> vector.length == dimensions)
                .toList();
        for (float[] vector : vectors) {
            float[] unit = unit(vector);
            for (int i = 0; i < dimensions; i++) {
                mean[i] += unit[i] / vectors.size();
            }
        }
        return mean;
    }

    private static float[] unit(float[] vector) {
        double square = 0;
        for (float x : vector) {
            square += (double) x * x;
        }
        float[] unit = vector.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] = square == 0 ? 0 : (float) (unit[i] / Math.sqrt(square));
        }
        return unit;
    }

    private static float best(List<float[]> vectors, float[] query) {
        float best = Float.NaN;
        for (float[] vector : vectors) {
            if (vector.length == query.length) {
                float cosine = cosine(vector, query);
                best = Float.isNaN(best) ? cosine : Math.max(best, cosine);
            }
        }
        return best;
    }

    private static float cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return aa == 0 || bb == 0 ? 0 : (float) (dot / Math.sqrt(aa * bb));
    }
}
