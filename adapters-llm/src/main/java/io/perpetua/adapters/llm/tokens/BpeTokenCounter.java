package io.perpetua.adapters.llm.tokens;

import io.perpetua.domain.tokens.TokenCounter;
import org.jspecify.annotations.Nullable;

/**
 * The exact count of a byte pair encoding. Linear in the text but for pieces without a break, which cost n log n. Lone
 * surrogates count as U+FFFD. Safe for concurrent use: what a count needs is its own, but for the cache.
 */
final class BpeTokenCounter implements TokenCounter {

    private final Splitter splitter;
    private final Vocabulary vocabulary;
    private final PieceCache cache = new PieceCache();

    BpeTokenCounter(Splitter splitter, Vocabulary vocabulary) {
        this.splitter = splitter;
        this.vocabulary = vocabulary;
    }

    @Override
    public int count(String text) {
        return new Count(Utf8.of(text)).tokens();
    }

    /** One text on its way. */
    private final class Count {

        private final byte[] text;
        private @Nullable ArrayMerge arrayMerge; // made for the first piece that needs it; most texts need none

        Count(byte[] text) {
            this.text = text;
        }

        int tokens() {
            int tokens = 0;
            for (int from = 0; from < text.length; ) {
                int end = splitter.end(text, from);
                tokens += end - from <= PieceCache.LONGEST_PIECE ? remembered(from, end) : ofPiece(from, end);
                from = end;
            }
            return tokens;
        }

        private int remembered(int from, int end) {
            int length = end - from;
            int head = Math.min(length, Long.BYTES);
            long low = Words.read(text, from, head);
            long high = Words.withLength(Words.read(text, from + head, length - head), length);
            int tokens = cache.tokens(low, high);
            if (tokens == 0) {
                tokens = ofPiece(from, end);
                cache.put(low, high, tokens);
            }
            return tokens;
        }

        private int ofPiece(int from, int end) {
            if (vocabulary.rank(text, from, end) != Vocabulary.NONE) {
                return 1;
            }
            if (end - from > ArrayMerge.LONGEST) {
                return HeapMerge.tokens(vocabulary, text, from, end);
            }
            if (arrayMerge == null) {
                arrayMerge = new ArrayMerge(vocabulary);
            }
            return arrayMerge.tokens(text, from, end);
        }
    }
}
