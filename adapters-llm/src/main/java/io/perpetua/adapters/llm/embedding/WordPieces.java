package io.perpetua.adapters.llm.embedding;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;

/** The model's tokenizer. Safe for concurrent use. */
final class WordPieces implements AutoCloseable {

    static final long UNKNOWN = 100;

    private static final int REPLACEMENT = 0xFFFD;

    private final HuggingFaceTokenizer tokenizer;

    WordPieces(InputStream definition) throws IOException {
        // Unless told otherwise the tokenizer drops what is behind its limit.
        tokenizer = HuggingFaceTokenizer.newInstance(definition, Map.of("truncation", "false", "padding", "false"));
    }

    /** The pieces of {@code text}; none where it has nothing that the vocabulary knows. */
    Pieces of(String text) {
        // A lone surrogate cannot cross into native code.
        int[] codePoints = text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
                .toArray();
        Encoding encoding = tokenizer.encode(new String(codePoints, 0, codePoints.length), false, false);
        long[] ids = encoding.getIds();
        if (Arrays.stream(ids).allMatch(id -> id == UNKNOWN)) {
            ids = new long[0];
        }
        CharSpan[] spans = encoding.getCharTokenSpans();
        int[] starts = new int[ids.length];
        int[] ends = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            starts[i] = spans[i].getStart();
            ends[i] = spans[i].getEnd();
        }
        return new Pieces(codePoints, ids, starts, ends);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
