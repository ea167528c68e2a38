package io.perpetua.domain.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers what the words of one query say about each turn, by its own words and by those around it. Words are added in
 * the query's order, so equal turns and queries give equal scores to the last bit. Not safe for concurrent use.
 */
public final class LexicalSignals {

    /** Bits of a mask. */
    private static final int MARKED = Long.SIZE;

    private final Neighbourhood near;
    private final Neighbourhood far;
    private final Bm25 own;
    private final Bm25 context;
    private final Bm25 wide;
    private final List<String> words = new ArrayList<>();
    private final long[] matched;

    public LexicalSignals(TurnTable table) {
        near = new Neighbourhood(table.sessions(), 2, 2);
        far = new Neighbourhood(table.sessions(), 8, 1);
        own = new Bm25(table.lengths());
        context = new Bm25(near.blend(table.lengths()));
        wide = new Bm25(far.blend(table.lengths()));
        matched = new long[table.size()];
    }

    /**
     * Adds a word of the query that some turn has.
     *
     * @param frequencies how often each turn has it
     * @param times how often the query has it
     */
    public void add(String word, int[] frequencies, int times) {
        own.add(frequencies, times);
        context.add(near.blend(frequencies), times);
        wide.add(far.blend(frequencies), times);
        if (words.size() < MARKED) {
            mark(frequencies, 1L << words.size());
            words.add(word);
        }
    }

    private void mark(int[] frequencies, long bit) {
        for (int i = 0; i < frequencies.length; i++) {
            matched[i] |= frequencies[i] > 0 ? bit : 0;
        }
    }

    /**
     * The signals, complete with what the turns' vectors say.
     *
     * @param table the turns this was made for
     * @param meaning each turn's similarity, NaN where it has none
     */
    public TurnSignals with(TurnTable table, float[] meaning) {
        float[] nothing = new float[meaning.length];
        Arrays.fill(nothing, Float.NaN);
        return with(table, meaning, nothing);
    }

    /**
     * The signals, complete with what the vectors of turns and passages say.
     *
     * @param table the turns this was made for
     * @param meaning each turn's similarity, NaN where it has none
     * @param passage the similarity of the passage that ends with each turn, NaN where none does; see {@link Passages}
     */
    public TurnSignals with(TurnTable table, float[] meaning, float[] passage) {
        return new TurnSignals(
                table,
                own.scores(),
                context.scores(),
                wide.scores(),
                meaning,
                Passages.spread(table, passage),
                words,
                matched.clone());
    }
}
