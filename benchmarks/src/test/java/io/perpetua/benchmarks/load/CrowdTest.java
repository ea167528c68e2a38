package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who talks, how often, and how pressing it is. */
class CrowdTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void user_aThousandConversations_areOfTenBusyOnesAndAHundredOthers() {
        var crowd = new Crowd(1_000);
        var sizes = IntStream.range(0, 1_000)
                .mapToObj(crowd::user)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(sizes).hasSize(110);
        assertThat(sizes).allSatisfy((user, size) -> assertThat(size).isEqualTo(user.startsWith("busy") ? 50 : 5));
    }

    @Test
    void of_aLoad_thinksAsLongAsTheLawOfLittleSays() {
        // 40 of 1,000 in the middle of a one-second answer: 24 seconds of thought each
        var tempo = Tempo.of(1_000, 50, 0.8, SECOND, SECOND);
        assertThat(tempo.think()).isEqualTo(Duration.ofSeconds(24));
        assertThat(Tempo.of(5, 50, 0.8, SECOND, SECOND).think()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void pause_withoutBursts_isAsLongOnAverage() {
        var random = new SplittableRandom(1);
        var tempo = new Tempo(SECOND, Duration.ofDays(1), 0.2);
        double mean = LongStream.generate(() -> tempo.pause(0, random))
                .limit(100_000)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(1e9, within(2e7));
    }

    @Test
    void pause_acrossABurst_endsThereForSome() {
        var random = new SplittableRandom(1);
        var tempo = new Tempo(Duration.ofHours(1), SECOND, 0.2);
        var pauses = LongStream.generate(() -> tempo.pause(3_600_000_000L, random))
                .limit(10_000)
                .boxed()
                .toList();
        assertThat(pauses.stream().filter(pause -> pause == 400_000_000L).count())
                .isBetween(1_800L, 2_200L);
    }

    @Test
    void any_priority_comesAsOftenAsItShould() {
        var random = new SplittableRandom(1);
        var counts = Stream.generate(() -> Priority.any(random))
                .limit(10_000)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(counts.get(Priority.URGENT)).isBetween(900L, 1_100L);
        assertThat(counts.get(Priority.NORMAL)).isBetween(5_800L, 6_200L);
        assertThat(counts.get(Priority.BATCH)).isBetween(2_300L, 2_700L);
        assertThat(counts.get(Priority.MAINTENANCE)).isBetween(400L, 600L);
    }

    @Test
    void number_ofAPrompt_isThatOfTheLast() {
        String text = Prompt.of("c1", 7, 5) + " ... " + Prompt.of("c1", 12, 5);
        assertThat(Prompt.number(text)).isEqualTo(12);
        assertThat(Prompt.number("nothing")).isEqualTo(-1);
        assertThat(Prompt.mixed(text)).isFalse();
        assertThat(Prompt.mixed(text + Prompt.of("c10", 13, 5))).isTrue();
    }
}
