package io.perpetua.adapters.llm.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The model with its tokenizer, loaded. Safe for concurrent use; each call keeps its thread on the CPU and, being native,
 * a virtual thread's carrier too. The vector is the output at the first, special piece, brought to length 1.
 */
final class BgeModel implements AutoCloseable {

    static final int DIMENSIONS = 384;

    private static final String FILES = "/bge-small-en-v1.5-q";
    private static final long FIRST = 101;
    private static final long LAST = 102;

    private final WordPieces wordPieces;
    private final OrtSession session;

    private BgeModel(WordPieces wordPieces, OrtSession session) {
        this.wordPieces = wordPieces;
        this.session = session;
    }

    /**
     * Loads both; takes one to two seconds and some 150 MB outside the heap.
     *
     * @param libraries where native libraries are kept
     */
    static BgeModel load(Path libraries) throws IOException, OrtException {
        NativeLibraries.keepIn(libraries);
        WordPieces wordPieces;
        try (var definition = file("-tokenizer.json")) {
            wordPieces = new WordPieces(definition);
        }
        try (var options = new OrtSession.SessionOptions();
                var weights = file(".onnx")) {
            // Callers bring the threads. More inside cost far more CPU for the same vectors, and by default they spin.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return new BgeModel(
                    wordPieces, OrtEnvironment.getEnvironment().createSession(weights.readAllBytes(), options));
        }
    }

    Pieces pieces(String text) {
        return wordPieces.of(text);
    }

    /** The unit vector of the pieces with these ids, at least one and at most 510. */
    float[] vector(long[] ids) throws OrtException {
        int size = ids.length + 2;
        long[] withEnds = new long[size];
        withEnds[0] = FIRST;
        System.arraycopy(ids, 0, withEnds, 1, ids.length);
        withEnds[size - 1] = LAST;
        long[] ones = new long[size];
        Arrays.fill(ones, 1);
        try (var input = tensor(withEnds);
                var mask = tensor(ones);
                var types = tensor(new long[size]);
                var result = session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            return unit(((OnnxTensor) result.get(0)).getFloatBuffer());
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
        wordPieces.close();
    }

    private static OnnxTensor tensor(long[] row) throws OrtException {
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), LongBuffer.wrap(row), new long[] {1, row.length});
    }

    private static float[] unit(FloatBuffer output) {
        float[] vector = new float[DIMENSIONS];
        output.get(vector);
        double squares = 0;
        for (float x : vector) {
            squares += (double) x * x;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    private static InputStream file(String suffix) throws IOException {
        var in = BgeModel.class.getResourceAsStream(FILES + suffix);
        if (in == null) {
            throw new FileNotFoundException(FILES + suffix + " is not on the class path");
        }
        return in;
    }
}
