package io.perpetua.adapters.llm.tokens;

import java.util.Arrays;

/** The ranks of the tokens of eight bytes and more: an open-addressing table into one array of all their bytes. */
final class LongTokens {

    private final byte[] bytes;
    private final int[] starts; // of each token in bytes; one more for the end
    private final int[] ranks;
    private final long[] slots; // upper half: the hash's lower half; lower half: the token's number + 1; 0 is free
    private final int shift;
    private int size;

    LongTokens(int size, int totalBytes) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * size);
        bytes = new byte[totalBytes];
        starts = new int[size + 1];
        ranks = new int[size];
        slots = new long[1 << bits];
        shift = Long.SIZE - bits;
    }

    void add(byte[] token, int rank) {
        long hash = hash(token, 0, token.length);
        int slot = (int) (hash >>> shift);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        System.arraycopy(token, 0, bytes, starts[size], token.length);
        ranks[size] = rank;
        starts[size + 1] = starts[size] + token.length;
        size++;
        slots[slot] = (hash << Integer.SIZE) | size;
    }

    /** The rank of bytes [from, from + length), or {@link Vocabulary#NONE}. */
    int rank(byte[] text, int from, int length) {
        long hash = hash(text, from, length);
        int slot = (int) (hash >>> shift);
        while (slots[slot] != 0) {
            if ((int) (slots[slot] >>> Integer.SIZE) == (int) hash) {
                int token = (int) slots[slot] - 1;
                if (Arrays.equals(bytes, starts[token], starts[token + 1], text, from, from + length)) {
                    return ranks[token];
                }
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return Vocabulary.NONE;
    }

    private static long hash(byte[] text, int from, int length) {
        long hash = length;
        for (int at = 0; at < length; at += Long.BYTES) {
            hash = Words.mix(hash ^ Words.read(text, from + at, Math.min(Long.BYTES, length - at)));
        }
        return hash;
    }
}
