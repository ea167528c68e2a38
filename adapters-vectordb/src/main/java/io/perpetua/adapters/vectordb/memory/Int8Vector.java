package io.perpetua.adapters.vectordb.memory;

import org.apache.lucene.util.VectorUtil;

/**
 * A direction in eight bits a component: the largest one is 127, and the vector's own length does not count. Cosines are
 * off by less than 0.01 for embeddings of some hundred components.
 */
public final class Int8Vector {

    private static final float LARGEST = 127;

    private final byte[] codes;
    /** 1 / length of {@link #codes}; 0 for the zero vector, whose cosine with anything is 0. */
    private final float normaliser;

    /** A vector stored before; the array is kept, not copied. */
    public Int8Vector(byte[] codes) {
        this.codes = codes;
        int square = VectorUtil.dotProduct(codes, codes);
        this.normaliser = square == 0 ? 0 : (float) (1 / Math.sqrt(square));
    }

    public static Int8Vector of(float[] vector) {
        float largest = 0;
        for (float x : vector) {
            largest = Math.max(largest, Math.abs(x));
        }
        byte[] codes = new byte[vector.length];
        if (largest > 0) {
            for (int i = 0; i < codes.length; i++) {
                codes[i] = (byte) Math.round(vector[i] / largest * LARGEST);
            }
        }
        return new Int8Vector(codes);
    }

    public byte[] codes() {
        return codes;
    }

    int components() {
        return codes.length;
    }

    /** Adds this direction, as a vector of length 1, to a sum of as many components. */
    void addTo(float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += codes[i] * normaliser;
        }
    }

    /** The cosine of the angle between both, in [-1, 1]; NaN when their components differ in number. */
    public float cosine(Int8Vector other) {
        return codes.length == other.codes.length
                ? Math.clamp(VectorUtil.dotProduct(codes, other.codes) * normaliser * other.normaliser, -1f, 1f)
                : Float.NaN;
    }
}
