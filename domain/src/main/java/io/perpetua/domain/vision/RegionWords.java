package io.perpetua.domain.vision;

import io.perpetua.domain.memory.Bm25;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers what the words of one query say about each region, by its own words and by those of its page. Words are added in
 * the query's order, so equal regions and queries give equal scores to the last bit. Not safe for concurrent use.
 */
public final class RegionWords {

    /** Bits of a mask. */
    private static final int MARKED = Long.SIZE;

    private final List<RegionId> regions;
    private final int[] pageOf;
    private final int pages;
    private final Bm25 own;
    private final Bm25 around;
    private final List<String> terms = new ArrayList<>();
    private final double[] presence;
    private final long[] matched;

    /**
     * Words about {@code regions}.
     *
     * @param regions those of one page side by side
     * @param lengths how many words each has
     */
    public RegionWords(List<RegionId> regions, int[] lengths) {
        this.regions = regions;
        pageOf = new int[lengths.length];
        int page = -1;
        for (int row = 0; row < lengths.length; row++) {
            page += row > 0 && samePage(regions.get(row - 1), regions.get(row)) ? 0 : 1;
            pageOf[row] = page;
        }
        pages = page + 1;
        own = new Bm25(lengths);
        around = new Bm25(byPage(lengths));
        presence = new double[lengths.length];
        matched = new long[lengths.length];
    }

    private static boolean samePage(RegionId one, RegionId other) {
        return one.page() == other.page() && one.document().equals(other.document());
    }

    private int[] byPage(int[] values) {
        int[] sums = new int[pages];
        for (int row = 0; row < values.length; row++) {
            sums[pageOf[row]] += values[row];
        }
        return sums;
    }

    /**
     * Adds a word of the query that some region has.
     *
     * @param frequencies how often each region has it
     * @param times how often the query has it
     */
    public void add(String word, int[] frequencies, int times) {
        own.add(frequencies, times);
        around.add(byPage(frequencies), times);
        note(frequencies);
        if (terms.size() < MARKED) {
            long bit = 1L << terms.size();
            for (int row = 0; row < frequencies.length; row++) {
                matched[row] |= frequencies[row] > 0 ? bit : 0;
            }
            terms.add(word);
        }
    }

    private void note(int[] frequencies) {
        long having =
                Arrays.stream(frequencies).filter(frequency -> frequency > 0).count();
        double rarity = Math.log(1 + (frequencies.length - having + 0.5) / (having + 0.5));
        for (int row = 0; row < frequencies.length; row++) {
            presence[row] += frequencies[row] > 0 ? rarity : 0;
        }
    }

    /** The signals, complete with each region's similarity, NaN where it has none. */
    public RegionSignals with(float[] meaning) {
        double[] byPage = around.scores();
        double[] page = new double[pageOf.length];
        for (int row = 0; row < page.length; row++) {
            page[row] = byPage[pageOf[row]];
        }
        return new RegionSignals(regions, own.scores(), presence.clone(), page, meaning, terms, matched.clone());
    }
}
