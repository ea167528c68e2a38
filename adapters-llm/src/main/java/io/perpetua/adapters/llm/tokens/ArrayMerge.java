package io.perpetua.adapters.llm.tokens;

/**
 * Joins the bytes of a short piece in a plain array: n parts, each pair's rank beside it, the lowest searched from the
 * left every time. Quadratic, and the fastest there is for a few dozen bytes. One thread at a time.
 */
final class ArrayMerge {

    /** Pieces above this many bytes are {@link HeapMerge}'s. */
    static final int LONGEST = 64;

    private final Vocabulary vocabulary;
    private final int[] starts = new int[LONGEST + 1];
    private final int[] ranks = new int[LONGEST];

    ArrayMerge(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Tokens in bytes [from, to), at most {@link #LONGEST}. */
    int tokens(byte[] text, int from, int to) {
        int parts = to - from;
        for (int i = 0; i < parts; i++) {
            starts[i] = from + i;
            ranks[i] = i + 1 < parts ? vocabulary.rank(text, from + i, from + i + 2) : Vocabulary.NONE;
        }
        starts[parts] = to;
        for (int joined; (joined = lowest(parts)) >= 0; ) {
            int moved = parts - joined - 1;
            System.arraycopy(starts, joined + 2, starts, joined + 1, moved);
            System.arraycopy(ranks, joined + 2, ranks, joined + 1, moved - 1);
            parts--;
            ranks[joined] = pairRank(text, joined, parts);
            if (joined > 0) {
                ranks[joined - 1] = pairRank(text, joined - 1, parts);
            }
        }
        return parts;
    }

    /** The leftmost of the lowest ranks, or -1 where no pair is a token. */
    private int lowest(int parts) {
        int lowest = -1;
        int rank = Vocabulary.NONE;
        for (int i = 0; i < parts - 1; i++) {
            if (ranks[i] < rank) {
                rank = ranks[i];
                lowest = i;
            }
        }
        return lowest;
    }

    private int pairRank(byte[] text, int part, int parts) {
        return part + 1 < parts ? vocabulary.rank(text, starts[part], starts[part + 2]) : Vocabulary.NONE;
    }
}
