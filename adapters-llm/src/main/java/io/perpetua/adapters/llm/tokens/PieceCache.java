package io.perpetua.adapters.llm.tokens;

import org.jspecify.annotations.Nullable;

/*
 * Direct-mapped: each piece has one place, and a newer piece takes it. All threads share the array without a lock. That
 * is sound because an entry is immutable and its fields final: a reader sees a whole entry or none, compares all of its
 * key, and at worst misses what another thread has just written.
 */
/** Remembers how many tokens the short pieces met last have. Safe for concurrent use. */
final class PieceCache {

    /** Longer pieces are rare and rarely occur again. */
    static final int LONGEST_PIECE = 15;

    private static final int BITS = 14;

    private final @Nullable Entry[] entries = new @Nullable Entry[1 << BITS];

    /** Tokens of the piece with this key, or 0 if it is not remembered. */
    int tokens(long low, long high) {
        Entry entry = entries[slot(low, high)];
        return entry != null && entry.low == low && entry.high == high ? entry.tokens : 0;
    }

    void put(long low, long high, int tokens) {
        entries[slot(low, high)] = new Entry(low, high, tokens);
    }

    private static int slot(long low, long high) {
        return (int) (Words.mix(low ^ Long.rotateLeft(high, 23)) >>> (Long.SIZE - BITS));
    }

    /**
     * A piece and its count.
     *
     * @param low the piece's first eight bytes
     * @param high the others, and the length in the top byte
     */
    private record Entry(long low, long high, int tokens) {}
}
