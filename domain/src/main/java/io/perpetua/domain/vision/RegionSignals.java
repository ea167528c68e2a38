package io.perpetua.domain.vision;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What speaks for each region, given one query: raw, on different scales. The arrays are shared, not copied, and must not
 * be changed.
 *
 * @param regions which they are; the columns have their rows
 * @param words BM25 of the region's own words, at least 0
 * @param presence the rarity of each word of the query that the region has, added up, however often it has it; at least 0
 * @param page BM25 of its page as a whole, at least 0
 * @param meaning the best similarity of the query to one of the region's vectors, in [-1, 1]; NaN where there is none
 * @param terms the query's words as they were indexed, as far as some region has them, at most 64
 * @param matched which of {@code terms} each region has: bit i stands for the i-th
 */
@SuppressWarnings("ArrayRecordComponent") // columns of many regions are shared, not copied
public record RegionSignals(
        List<RegionId> regions,
        double[] words,
        double[] presence,
        double[] page,
        float[] meaning,
        List<String> terms,
        long[] matched) {

    public RegionSignals {
        regions = List.copyOf(regions);
        terms = List.copyOf(terms);
        int size = regions.size();
        if (words.length != size
                || presence.length != size
                || page.length != size
                || meaning.length != size
                || matched.length != size) {
            throw new IllegalArgumentException("columns of unequal length");
        }
    }

    /** The terms that the region in {@code row} has. */
    public List<String> matched(int row) {
        return IntStream.range(0, terms.size())
                .filter(i -> (matched[row] & 1L << i) != 0)
                .mapToObj(terms::get)
                .toList();
    }
}
