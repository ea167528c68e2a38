package io.perpetua.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TalkTest {

    @Test
    void talk_sameSeed_isTheSame() {
        assertThat(Stream.generate(new Talk(7)::turn).limit(50))
                .containsExactlyElementsOf(
                        Stream.generate(new Talk(7)::turn).limit(50).toList());
        assertThat(new Talk(7).turn()).isNotEqualTo(new Talk(8).turn());
    }

    @Test
    void talk_tenThousandTurns_differAndAreOfPlainLength() {
        var turns = Stream.generate(new Talk(1)::turn).limit(10_000).toList();

        assertThat(turns.stream().distinct().count()).isGreaterThan(9_990);
        assertThat(turns.stream()
                        .mapToInt(turn -> turn.split(" ", -1).length)
                        .average()
                        .orElse(0))
                .isCloseTo(25, within(5.0));
    }

    @Test
    void questions_hardlyRepeat() {
        assertThat(Stream.generate(new Talk(2)::question)
                        .limit(2_000)
                        .distinct()
                        .count())
                .isGreaterThan(1_950);
    }

    @Test
    void quantile_isTheValueThatSoManyReach() {
        long[] sorted = {1_000_000, 2_000_000, 3_000_000, 4_000_000};

        assertThat(Load.ms(sorted, 0.5)).isEqualTo(3);
        assertThat(Load.ms(sorted, 0.99)).isEqualTo(4);
        assertThat(Load.ms(sorted, 1)).isEqualTo(4);
    }
}
