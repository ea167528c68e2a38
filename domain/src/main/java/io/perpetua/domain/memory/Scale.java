package io.perpetua.domain.memory;

import java.util.Arrays;

/** Brings scores to one scale, so that they can be added. */
public final class Scale {

    private static final double NO_DIVISION_BY_ZERO = 1e-9;

    private Scale() {}

    /**
     * Standard scores: (x - mean) / standard deviation, over what is present. NaN marks what is absent; its standard
     * score is 0, which neither helps nor harms.
     */
    public static double[] standard(double[] values) {
        double sum = 0;
        int present = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                sum += value;
                present++;
            }
        }
        double mean = sum / Math.max(1, present);
        double deviation = deviation(values, mean, present) + NO_DIVISION_BY_ZERO;
        double[] standard = new double[values.length];
        Arrays.setAll(standard, i -> Double.isNaN(values[i]) ? 0 : (values[i] - mean) / deviation);
        return standard;
    }

    /** The standard deviation of {@code values}, all present, whose mean is 0. */
    static double deviation(double[] values) {
        return deviation(values, 0, values.length);
    }

    private static double deviation(double[] values, double mean, int present) {
        double squares = 0;
        for (double value : values) {
            squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / Math.max(1, present));
    }

    public static double[] standard(float[] values) {
        double[] wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return standard(wide);
    }
}
