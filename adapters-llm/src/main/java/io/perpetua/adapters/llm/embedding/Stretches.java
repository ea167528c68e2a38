package io.perpetua.adapters.llm.embedding;

import java.util.ArrayList;
import java.util.List;

/*
 * A text of n pieces needs at least k = ceil(n / LONGEST) stretches. Each is cut behind the last sentence that ends
 * within a quarter more than an even share (n / k), so that no stump remains; where no sentence ends in the second half
 * of that room, behind the last word; in a word without end, anywhere.
 */
/** Where a long text is cut into stretches that the model takes whole. */
final class Stretches {

    /** Word pieces in a stretch. The model would take 510, at more than twice the price a piece. */
    static final int LONGEST = 254;

    private Stretches() {}

    /** The stretches of {@code text} as half-open ranges of its pieces, in order and without gaps. */
    static List<Range> of(Pieces text) {
        List<Range> stretches = new ArrayList<>();
        int size = text.size();
        for (int from = 0; from < size; ) {
            int end = size - from <= LONGEST ? size : cut(text, from);
            stretches.add(new Range(from, end));
            from = end;
        }
        return stretches;
    }

    private static int cut(Pieces text, int from) {
        int left = text.size() - from;
        int share = Math.ceilDiv(left, Math.ceilDiv(left, LONGEST));
        int latest = from + Math.min(LONGEST, share + share / 4);
        int earliest = from + share / 2;
        int word = -1;
        for (int cut = latest; cut > earliest; cut--) {
            if (text.sentenceEndsBefore(cut)) {
                return cut;
            }
            if (word < 0 && text.wordStartsAt(cut)) {
                word = cut;
            }
        }
        return word > 0 ? word : latest;
    }

    /** Pieces [from, to). */
    record Range(int from, int to) {}
}
