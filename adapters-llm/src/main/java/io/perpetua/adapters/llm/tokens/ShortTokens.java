package io.perpetua.adapters.llm.tokens;

/** The ranks of the tokens of at most seven bytes: an open-addressing table whose keys are the bytes themselves. */
final class ShortTokens {

    static final int LONGEST = 7;

    private final long[] keys; // 0 is free: every key holds its length
    private final int[] ranks;
    private final int shift;

    ShortTokens(int size) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * size);
        keys = new long[1 << bits];
        ranks = new int[1 << bits];
        shift = Long.SIZE - bits;
    }

    void add(byte[] token, int rank) {
        long key = Words.withLength(Words.read(token, 0, token.length), token.length);
        int slot = slot(key);
        keys[slot] = key;
        ranks[slot] = rank;
    }

    /** The rank of bytes [from, from + length), or {@link Vocabulary#NONE}. */
    int rank(byte[] text, int from, int length) {
        long key = Words.withLength(Words.read(text, from, length), length);
        int slot = slot(key);
        return keys[slot] == key ? ranks[slot] : Vocabulary.NONE;
    }

    /** Where {@code key} is, or the free slot where it would be. */
    private int slot(long key) {
        int slot = (int) (Words.mix(key) >>> shift);
        while (keys[slot] != key && keys[slot] != 0) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }
}
