package io.perpetua.adapters.llm.embedding;

/**
 * A text as the model's vocabulary sees it.
 *
 * @param codePoints the text
 * @param ids of the pieces, without the special ones at both ends
 * @param starts where each piece starts, in code points
 * @param ends where each piece ends, in code points
 */
@SuppressWarnings("ArrayRecordComponent") // carried from one step to the next, never compared
record Pieces(int[] codePoints, long[] ids, int[] starts, int[] ends) {

    private static final String SENTENCE_ENDS = ".!?…。！？";

    int size() {
        return ids.length;
    }

    boolean wordStartsAt(int piece) {
        return starts[piece] > ends[piece - 1];
    }

    /** Whether a line or a sentence ends between {@code piece} and the one before it. */
    boolean sentenceEndsBefore(int piece) {
        int last = codePoints[ends[piece - 1] - 1];
        if (SENTENCE_ENDS.indexOf(last) >= 0) {
            return wordStartsAt(piece) || last > 0x7F; // "3.14" goes on; CJK has no spaces
        }
        for (int i = ends[piece - 1]; i < starts[piece]; i++) {
            if (codePoints[i] == '\n') {
                return true;
            }
        }
        return false;
    }
}
