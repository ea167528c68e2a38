package io.perpetua.adapters.vectordb.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class Int8VectorTest {

    @Test
    void cosine_randomVectors_isNearTheExactOne() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int i = 0; i < 200; i++) {
            float[] a = vector(random);
            float[] b = vector(random);
            double dot = 0;
            double aa = 0;
            double bb = 0;
            for (int c = 0; c < a.length; c++) {
                dot += a[c] * b[c];
                aa += a[c] * a[c];
                bb += b[c] * b[c];
            }
            assertThat((double) Int8Vector.of(a).cosine(Int8Vector.of(b)))
                    .isCloseTo(dot / Math.sqrt(aa * bb), within(0.01));
        }
    }

    private static float[] vector(RandomGenerator random) {
        float[] vector = new float[384];
        for (int c = 0; c < vector.length; c++) {
            vector[c] = (float) random.nextGaussian();
        }
        return vector;
    }
}
