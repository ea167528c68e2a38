package io.perpetua.adapters.vectordb.qdrant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A turn's columns never change as long as it exists, and a branch only grows at its end or loses its end. So the run of
 * turns without a gap that a branch began with is kept, and Qdrant is asked for its last turn and what follows: if that
 * turn is still the same, so are those before it. Another instance may meanwhile have erased the branch and begun
 * another of its name; then its last turn is another, and the run is forgotten.
 */
/** The columns of the branches searched last. Safe for concurrent use. */
final class KnownTurns {

    private final Map<String, List<Columns>> runs = new LinkedHashMap<>(16, 0.75f, true);
    private final int limit;
    private int turns;
    private long changes;

    /** Keeps about {@code limit} turns; a single branch above that is kept as long as no other is wanted. */
    KnownTurns(int limit) {
        this.limit = limit;
    }

    /** The run of {@code part} that is known, as far as the part reaches; not to be changed. */
    synchronized List<Columns> of(Stretches.Part part) {
        var run = runs.get(part.key());
        return run == null || run.getFirst().number() != part.first()
                ? List.of()
                : run.subList(0, Math.min(run.size(), part.turns()));
    }

    /** What {@link #learn} is to be told, to know whether something was forgotten since. */
    synchronized long changes() {
        return changes;
    }

    /** Keeps the run that {@code found} begins with, all turns of {@code part} that there are, as of {@code changes}. */
    synchronized void learn(Stretches.Part part, List<Columns> found, long changes) {
        int size = 0;
        while (size < found.size() && found.get(size).number() == part.first() + size) {
            size++;
        }
        var known = runs.get(part.key());
        boolean longer = known == null || known.getFirst().number() != part.first() || known.size() < size;
        if (changes == this.changes && size > 0 && longer) {
            keep(part.key(), List.copyOf(found.subList(0, size)));
        }
    }

    private void keep(String key, List<Columns> run) {
        remove(key);
        runs.put(key, run);
        turns += run.size();
        var eldest = runs.entrySet().iterator();
        while (turns > limit && runs.size() > 1) {
            turns -= eldest.next().getValue().size();
            eldest.remove();
        }
    }

    /** Forgets what is known of a branch from turn {@code number} on. */
    synchronized void forget(String key, int number) {
        changes++;
        var known = remove(key);
        if (known != null) {
            int left = Math.clamp(number - known.getFirst().number(), 0, known.size());
            if (left > 0) {
                keep(key, new ArrayList<>(known.subList(0, left)));
            }
        }
    }

    /** Tells of a turn that was put: where it is not what is known, nothing is known from there on. */
    synchronized void put(String key, Columns turn) {
        var known = runs.get(key);
        int at = known == null ? -1 : turn.number() - known.getFirst().number();
        if (known != null && at < known.size() && (at < 0 || !known.get(at).equals(turn))) {
            forget(key, turn.number());
        }
    }

    private @Nullable List<Columns> remove(String key) {
        var known = runs.remove(key);
        turns -= known == null ? 0 : known.size();
        return known;
    }
}
