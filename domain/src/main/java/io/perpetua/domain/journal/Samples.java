package io.perpetua.domain.journal;

import java.util.Arrays;

/** Many measurements, each kept, for exact quantiles: four bytes each. Not safe for concurrent use. */
final class Samples {

    private int[] values = new int[16];
    private int size;
    private boolean sorted = true;

    /** Adds {@code value}; what is longer than an {@code int} holds counts as the longest. */
    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = Math.toIntExact(Math.clamp(value, 0, Integer.MAX_VALUE));
        sorted = false;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * The smallest value that at least {@code percent} of all do not exceed (nearest rank). There are some.
     *
     * @param percent 1 to 100
     */
    long quantile(int percent) {
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        long rank = ((long) percent * size + 99) / 100;
        return values[Math.toIntExact(rank - 1)];
    }
}
