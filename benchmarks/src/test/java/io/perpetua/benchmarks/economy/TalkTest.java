package io.perpetua.benchmarks.economy;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.tokens.MessageTokens;
import io.perpetua.domain.tokens.WordEstimate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TalkTest {

    private static final MessageTokens TOKENS = new MessageTokens(WordEstimate.INSTANCE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void turns_areAsLongAsTheShapeSays_onAverage_andTheSameAgain(long seed) {
        for (Shape shape : List.of(Shape.CHATTY, Shape.ASSISTANT)) {
            var turns = Talk.turns(shape, 600, seed, TOKENS);
            assertThat(turns).hasSize(600).isEqualTo(Talk.turns(shape, 600, seed, TOKENS));
            assertThat(new HashSet<>(turns)).hasSizeGreaterThan(570);
            assertThat(mean(turns, 0)).isBetween(0.85 * shape.user(), 1.15 * shape.user());
            assertThat(mean(turns, 1)).isBetween(0.85 * shape.assistant(), 1.15 * shape.assistant());
        }
    }

    private static double mean(List<String> turns, int parity) {
        var each = new ArrayList<Integer>();
        IntStream.range(0, turns.size())
                .filter(i -> i % 2 == parity)
                .forEach(i -> each.add(TOKENS.ofText(turns.get(i))));
        return each.stream().mapToInt(Integer::intValue).average().orElseThrow();
    }
}
