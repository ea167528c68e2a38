package io.perpetua.adapters.llm.tokens;

import java.util.Arrays;

/*
 * The parts of the piece are a doubly linked list in two int arrays: part i starts at byte i, next[i] is the part behind
 * it, previous[i] the one before. A heap of longs orders the pairs: rank in the upper half, the left part's number in
 * the lower, so the smallest long is the lowest rank and the leftmost among equals.
 *
 * Entries are never searched for. ranks[i] holds the rank that part i has together with the part behind it; an entry that
 * says otherwise is out of date and skipped when it comes up. (A part only grows, and a longer byte string is another
 * token, so an old rank never becomes true again.) Each join takes one entry out and puts at most two in.
 */
/** Joins the bytes of a long piece in n log n steps and about 30 bytes of memory a byte. */
final class HeapMerge {

    private final Vocabulary vocabulary;
    private final byte[] text;
    private final int from;
    private final int length;
    private final int[] next;
    private final int[] previous;
    private final int[] ranks;
    private long[] heap;
    private int heapSize;

    private HeapMerge(Vocabulary vocabulary, byte[] text, int from, int to) {
        this.vocabulary = vocabulary;
        this.text = text;
        this.from = from;
        this.length = to - from;
        next = new int[length];
        previous = new int[length];
        ranks = new int[length];
        heap = new long[length];
    }

    /** Tokens in bytes [from, to). */
    static int tokens(Vocabulary vocabulary, byte[] text, int from, int to) {
        return new HeapMerge(vocabulary, text, from, to).tokens();
    }

    private int tokens() {
        for (int i = 0; i < length; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        for (int i = 0; i < length; i++) {
            ranks[i] = pairRank(i);
            if (ranks[i] != Vocabulary.NONE) {
                heap[heapSize++] = entry(i);
            }
        }
        for (int i = heapSize / 2 - 1; i >= 0; i--) {
            sink(i);
        }
        int parts = length;
        while (heapSize > 0) {
            long lowest = removeLowest();
            int left = (int) lowest;
            if (ranks[left] == (int) (lowest >>> Integer.SIZE)) {
                join(left);
                parts--;
            }
        }
        return parts;
    }

    private void join(int left) {
        int right = next[left];
        next[left] = next[right];
        if (next[left] < length) {
            previous[next[left]] = left;
        }
        ranks[right] = Vocabulary.NONE;
        rank(left);
        if (previous[left] >= 0) {
            rank(previous[left]);
        }
    }

    private void rank(int part) {
        ranks[part] = pairRank(part);
        if (ranks[part] != Vocabulary.NONE) {
            insert(entry(part));
        }
    }

    private int pairRank(int part) {
        int right = next[part];
        return right < length ? vocabulary.rank(text, from + part, from + next[right]) : Vocabulary.NONE;
    }

    private long entry(int part) {
        return ((long) ranks[part] << Integer.SIZE) | part;
    }

    private void insert(long entry) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heapSize + (heapSize >> 1) + 1);
        }
        int at = heapSize++;
        while (at > 0 && heap[(at - 1) / 2] > entry) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = entry;
    }

    private long removeLowest() {
        long lowest = heap[0];
        heap[0] = heap[--heapSize];
        sink(0);
        return lowest;
    }

    private void sink(int place) {
        long entry = heap[place];
        int at = place;
        for (int child; (child = 2 * at + 1) < heapSize; at = child) {
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (entry <= heap[child]) {
                break;
            }
            heap[at] = heap[child];
        }
        heap[at] = entry;
    }
}
