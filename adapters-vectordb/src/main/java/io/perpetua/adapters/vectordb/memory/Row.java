package io.perpetua.adapters.vectordb.memory;

import io.perpetua.application.memory.IndexedTurn;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an indexed turn stays on the heap: everything but its words.
 *
 * @param at in seconds since 1970
 * @param length in words
 * @param passage the direction of the passage that ends with it, if there is one
 */
record Row(
        int number,
        Role role,
        @Nullable String name,
        long at,
        int tokens,
        int length,
        List<Int8Vector> vectors,
        @Nullable Int8Vector passage) {

    /** Object headers, references and numbers, in bytes, roughly. */
    private static final int OVERHEAD = 120;

    private static final int VECTOR_OVERHEAD = 48;

    /** In UTF-16 units; of a longer name the rest is left out. */
    private static final int LONGEST_NAME = 256;

    static Row of(IndexedTurn indexed, int length) {
        Turn turn = indexed.turn();
        String name = turn.message().name();
        return new Row(
                turn.number(),
                turn.message().role(),
                name == null ? null : name.substring(0, Math.min(name.length(), LONGEST_NAME)),
                turn.at().getEpochSecond(),
                turn.tokens(),
                length,
                indexed.vectors().stream().map(Int8Vector::of).toList(),
                indexed.passage().isEmpty()
                        ? null
                        : Int8Vector.of(indexed.passage().getFirst()));
    }

    /** The best cosine of its vectors with {@code query}; NaN where no vector is of the query's kind. */
    float cosine(Int8Vector query) {
        float best = Float.NaN;
        for (int i = 0; i < vectors.size(); i++) {
            float cosine = vectors.get(i).cosine(query);
            if (!(cosine <= best)) {
                best = Float.isNaN(cosine) ? best : cosine;
            }
        }
        return best;
    }

    /** The cosine of its passage with {@code query}; NaN where there is none. */
    float passageCosine(Int8Vector query) {
        return passage == null ? Float.NaN : passage.cosine(query);
    }

    /** Adds those of its vectors that have as many components, each of length 1, to {@code sum}. Returns how many. */
    int addTo(float[] sum) {
        int added = 0;
        for (int i = 0; i < vectors.size(); i++) {
            if (vectors.get(i).components() == sum.length) {
                vectors.get(i).addTo(sum);
                added++;
            }
        }
        return added;
    }

    /** Its weight on the heap, in bytes, roughly. */
    int weight() {
        int weight = OVERHEAD + (name == null ? 0 : 2 * name.length());
        for (Int8Vector vector : vectors) {
            weight += VECTOR_OVERHEAD + vector.components();
        }
        return weight + (passage == null ? 0 : VECTOR_OVERHEAD + passage.components());
    }
}
