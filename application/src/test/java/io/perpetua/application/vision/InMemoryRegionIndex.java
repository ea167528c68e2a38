package io.perpetua.application.vision;

import io.perpetua.application.memory.IndexUnavailable;
import io.perpetua.application.memory.PlainWords;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.vision.RegionFilter;
import io.perpetua.domain.vision.RegionId;
import io.perpetua.domain.vision.RegionSignals;
import io.perpetua.domain.vision.RegionWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A {@link RegionIndex} on the heap, whose words are {@link PlainWords}. What was flushed outlasts an outage. */
public final class InMemoryRegionIndex implements RegionIndex {

    private NavigableMap<String, NavigableMap<RegionId, Indexed>> scopes = new TreeMap<>();
    private NavigableMap<String, NavigableMap<RegionId, Indexed>> flushed = new TreeMap<>();
    private boolean needsRebuild = true;
    private boolean available = true;
    private Runnable before = () -> {};

    /** From now on every call fails; what was not flushed is lost. */
    public synchronized void goAway() {
        available = false;
        scopes = copy(flushed);
    }

    /** From now on {@code event} happens while a page is being put. */
    public synchronized void before(Runnable event) {
        before = event;
    }

    public synchronized void comeBack() {
        available = true;
    }

    /** Loses everything and asks to be rebuilt. */
    public synchronized void takeDamage() {
        scopes.clear();
        flushed.clear();
        needsRebuild = true;
    }

    private void requireAvailable() {
        if (!available) {
            throw new IndexUnavailable("gone away", null);
        }
    }

    private static NavigableMap<String, NavigableMap<RegionId, Indexed>> copy(
            NavigableMap<String, NavigableMap<RegionId, Indexed>> other) {
        var copy = new TreeMap<String, NavigableMap<RegionId, Indexed>>();
        other.forEach((scope, regions) -> copy.put(scope, new TreeMap<>(regions)));
        return copy;
    }

    private NavigableMap<RegionId, Indexed> of(Scope scope) {
        requireAvailable();
        return scopes.computeIfAbsent(scope.tenant() + '\0' + scope.namespace(), none -> new TreeMap<>());
    }

    @Override
    public synchronized void put(Scope scope, String document, int page, List<Indexed> regions) {
        before.run();
        var all = of(scope);
        all.keySet().removeIf(id -> id.document().equals(document) && id.page() == page);
        regions.forEach(each -> all.put(new RegionId(document, page, each.ordinal()), each));
    }

    @Override
    public synchronized void erase(Scope scope, String document, int after) {
        of(scope).keySet().removeIf(id -> id.document().equals(document) && id.page() > after);
    }

    @Override
    public synchronized void flush() {
        requireAvailable();
        flushed = copy(scopes);
    }

    @Override
    public synchronized RegionSignals search(
            Scope scope, RegionFilter filter, String query, float @Nullable [] vector) {
        var ids = new ArrayList<RegionId>();
        var regions = new ArrayList<Indexed>();
        of(scope).forEach((id, each) -> {
            if (filter.passes(id.document(), id.page(), each.type())) {
                ids.add(id);
                regions.add(each);
            }
        });
        var words = regions.stream()
                .map(each -> PlainWords.INSTANCE.ofQuery(each.text()))
                .toList();
        var lexical = new RegionWords(ids, words.stream().mapToInt(List::size).toArray());
        var asked = PlainWords.INSTANCE.ofQuery(query);
        for (String word : new LinkedHashSet<>(asked)) {
            int[] frequencies = words.stream()
                    .mapToInt(each -> Collections.frequency(each, word))
                    .toArray();
            if (Arrays.stream(frequencies).anyMatch(frequency -> frequency > 0)) {
                lexical.add(word, frequencies, Collections.frequency(asked, word));
            }
        }
        float[] meaning = new float[ids.size()];
        for (int row = 0; row < meaning.length; row++) {
            meaning[row] = vector == null ? Float.NaN : best(regions.get(row).vectors(), vector);
        }
        return lexical.with(meaning);
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

    @Override
    public synchronized boolean needsRebuild() {
        requireAvailable();
        return needsRebuild;
    }

    @Override
    public synchronized void rebuilt() {
        requireAvailable();
        needsRebuild = false;
    }
}
