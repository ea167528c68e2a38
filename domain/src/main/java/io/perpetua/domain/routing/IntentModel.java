package io.perpetua.domain.routing;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/*
 * Multinomial logistic regression: P(k | x) = softmax(w_k · x + b_k), x being the features of a message and, where there
 * is an embedder, its unit vector times DENSE. Fitted by stochastic gradient descent with AdaGrad steps and weight decay
 * to examples, in an order that a fixed seed gives, so the same examples make the same model. Cues start with what
 * their table says they weigh, so that what the examples do not show is still told by the rules.
 */
/**
 * Judges intents by what examples have in common. Immutable once made; safe for concurrent use. Judging costs
 * O(features + dimensions); fitting O(rounds · examples · (features + dimensions)).
 *
 * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan and Singer, Adaptive Subgradient Methods</a>
 */
final class IntentModel {

    /** What the classes stand for, by their place. */
    static final List<Intent> INTENTS = List.of(Intent.values());

    private static final int ROUNDS = 30;
    private static final double STEP = 0.08;
    private static final double DECAY = 3e-4;
    private static final double DENSE = 8;
    private static final double PRIOR = 0.5;
    private static final long SEED = 17;
    private static final int CLASSES = INTENTS.size();

    /** By place, then by class. */
    private final float[][] sparse;

    /** By dimension, then by class; empty for a model of words alone. */
    private final float[][] dense;

    private final float[] bias;

    /** One message whose intent is known; {@code vector} is null where there is no embedder. */
    @SuppressWarnings("ArrayRecordComponent") // lives while a model is fitted, never compared
    record Sample(IntentFeatures features, float @Nullable [] vector, Intent intent) {}

    private IntentModel(float[][] sparse, float[][] dense, float[] bias) {
        this.sparse = sparse;
        this.dense = dense;
        this.bias = bias;
    }

    /** A model of {@code samples}, all with a vector of {@code dimensions}, or all without and 0. */
    static IntentModel fit(List<Sample> samples, int dimensions) {
        var model = new IntentModel(
                new float[IntentFeatures.SIZE][CLASSES], new float[dimensions][CLASSES], new float[CLASSES]);
        for (int cue = 0; cue < IntentCue.ALL.size(); cue++) {
            var rule = IntentCue.ALL.get(cue);
            model.sparse[cue][INTENTS.indexOf(rule.intent())] = (float) (PRIOR * rule.weight());
        }
        model.descend(samples);
        return model;
    }

    /** The probability of each of {@link #INTENTS}. */
    double[] judge(IntentFeatures features, float @Nullable [] vector) {
        double[] scores = new double[CLASSES];
        add(bias, 1, scores);
        for (int place : features.places()) {
            add(sparse[place], 1, scores);
        }
        for (int i = 0; vector != null && i < dense.length; i++) {
            add(dense[i], DENSE * vector[i], scores);
        }
        return softmax(scores);
    }

    private static void add(float[] weights, double times, double[] scores) {
        for (int k = 0; k < CLASSES; k++) {
            scores[k] += times * weights[k];
        }
    }

    private void descend(List<Sample> samples) {
        var sparseSquares = new float[IntentFeatures.SIZE][CLASSES];
        var denseSquares = new float[dense.length][CLASSES];
        var biasSquares = new float[CLASSES];
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        int[] order = new int[samples.size()];
        Arrays.setAll(order, i -> i);
        for (int round = 0; round < ROUNDS; round++) {
            shuffle(order, random);
            for (int at : order) {
                var sample = samples.get(at);
                double[] wrong = judge(sample.features(), sample.vector());
                wrong[INTENTS.indexOf(sample.intent())] -= 1;
                step(bias, biasSquares, wrong, 1);
                for (int place : sample.features().places()) {
                    step(sparse[place], sparseSquares[place], wrong, 1);
                }
                float[] vector = sample.vector();
                for (int i = 0; vector != null && i < dense.length; i++) {
                    step(dense[i], denseSquares[i], wrong, DENSE * vector[i]);
                }
            }
        }
    }

    private static void step(float[] weights, float[] squares, double[] wrong, double times) {
        for (int k = 0; k < CLASSES; k++) {
            double gradient = wrong[k] * times + DECAY * weights[k];
            squares[k] += (float) (gradient * gradient);
            weights[k] -= (float) (STEP * gradient / (Math.sqrt(squares[k]) + 1e-6));
        }
    }

    private static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private static double[] softmax(double[] scores) {
        double most = Arrays.stream(scores).max().orElse(0);
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Math.exp(scores[k] - most);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return scores;
    }

    /** Writes the model, weights in half precision. */
    void write(DataOutput out) throws IOException {
        write(bias, out);
        out.writeInt(dense.length);
        for (float[] weights : dense) {
            write(weights, out);
        }
        int[] used = IntStream.range(0, sparse.length)
                .filter(place -> weighs(sparse[place]))
                .toArray();
        out.writeInt(used.length);
        for (int place : used) {
            out.writeShort(place);
            write(sparse[place], out);
        }
    }

    /** Reads what {@link #write} wrote. */
    static IntentModel read(DataInput in) throws IOException {
        float[] bias = weights(in);
        var dense = new float[in.readInt()][];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = weights(in);
        }
        var sparse = new float[IntentFeatures.SIZE][CLASSES];
        for (int left = in.readInt(); left > 0; left--) {
            sparse[in.readUnsignedShort()] = weights(in);
        }
        return new IntentModel(sparse, dense, bias);
    }

    private static boolean weighs(float[] weights) {
        for (float weight : weights) {
            if (Math.abs(weight) > 0.02) {
                return true;
            }
        }
        return false;
    }

    private static void write(float[] weights, DataOutput out) throws IOException {
        for (float weight : weights) {
            out.writeShort(Float.floatToFloat16(weight));
        }
    }

    private static float[] weights(DataInput in) throws IOException {
        float[] weights = new float[CLASSES];
        for (int k = 0; k < CLASSES; k++) {
            weights[k] = Float.float16ToFloat(in.readShort());
        }
        return weights;
    }
}
