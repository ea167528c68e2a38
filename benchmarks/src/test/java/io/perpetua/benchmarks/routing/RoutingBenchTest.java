package io.perpetua.benchmarks.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoutingBenchTest {

    @Test
    void regrets_learnedOrder_leavesLeastOnTheTable() {
        var regrets = RoutingBench.regrets(List.of(1L, 2L, 3L));
        double learned = mean(regrets.get("learned"));
        assertThat(regrets).hasSize(5);
        assertThat(regrets.keySet().stream().filter(name -> !name.equals("learned")))
                .allSatisfy(name -> assertThat(mean(regrets.get(name))).isGreaterThan(1.5 * learned));
    }

    @Test
    void regrets_nothingToLearn_costsLittle() {
        var learned =
                Objects.requireNonNull(RoutingBench.regrets(List.of(1L, 2L, 3L)).get("learned"));
        assertThat(learned.get("steady, the first is best")).isLessThan(5);
    }

    private static double mean(@Nullable Map<String, Double> byCase) {
        return Objects.requireNonNull(Objects.requireNonNull(byCase).get("mean"));
    }
}
