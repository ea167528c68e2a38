package io.perpetua.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LadderOrderTest {

    private static final Rung FAST = Rung.of("gemini/flash");
    private static final Rung CHEAP = Rung.of("openai/mini");
    private static final Rung LAST = Rung.of("perplexity/sonar");
    private static final List<Rung> LADDER = List.of(FAST, CHEAP, LAST);
    private static final LadderOrder ORDER = new LadderOrder(0.1, 0, 0.5, 100, 10, 0.5, 0.02, 0.3);

    @Test
    void order_nothingKnown_isTheLaddersOwn() {
        assertThat(order(Map.of(), 0)).isEqualTo(LADDER);
    }

    @Test
    void order_firstFails_othersComeFirst() {
        var standings = Map.of(FAST, after(new Outcome(false, 1, 0), 5, 5));
        assertThat(order(standings, 5)).containsExactly(CHEAP, LAST, FAST);
    }

    @Test
    void order_failedLongAgo_isTriedAgain() {
        var standings =
                Map.of(FAST, after(new Outcome(false, 1, 0), 5, 5), CHEAP, after(new Outcome(true, 6, 0), 9, 1_000));
        assertThat(order(standings, 1_000)).startsWith(FAST);
    }

    @Test
    void order_slowerAnswers_standBehindFasterOnes() {
        var standings = Map.of(
                FAST, after(new Outcome(true, 8, 0), 10, 20),
                CHEAP, after(new Outcome(true, 1, 0), 10, 20),
                LAST, after(new Outcome(true, 2, 0), 10, 20));
        assertThat(order(standings, 20)).containsExactly(CHEAP, LAST, FAST);
    }

    @Test
    void order_dearerAnswers_standBehindCheaperOnes() {
        var standings = Map.of(
                FAST, after(new Outcome(true, 1, 0.02), 10, 20), CHEAP, after(new Outcome(true, 1, 0.001), 10, 20));
        assertThat(order(standings, 20)).startsWith(CHEAP);
    }

    @Test
    void order_exploration_putsEveryOtherRungFirstNowAndThen() {
        var curious = new LadderOrder(0.1, 0.1, 0.5, 100, 10, 0.5, 0.02, 0.3);
        var random = new SplittableRandom(1);
        var firsts = new HashMap<Rung, Integer>();
        for (int i = 0; i < 10_000; i++) {
            firsts.merge(curious.order(LADDER, Standings.NONE, random).getFirst(), 1, Integer::sum);
        }
        assertThat(firsts.get(FAST)).isBetween(8_850, 9_150);
        assertThat(firsts.get(CHEAP)).isBetween(400, 600);
        assertThat(firsts.get(LAST)).isBetween(400, 600);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void order_anyOutcomes_keepsEveryRungOnce(long seed) {
        var random = new SplittableRandom(seed);
        var standings = Standings.NONE;
        for (int i = 0; i < 500; i++) {
            var rung = LADDER.get(random.nextInt(3));
            var outcome = new Outcome(random.nextBoolean(), random.nextDouble(30), random.nextDouble());
            standings = standings.with(rung, outcome, 0.1);
            assertThat(LadderOrder.DEFAULT.order(LADDER, standings, random))
                    .containsExactlyInAnyOrderElementsOf(LADDER);
            assertThat(LadderOrder.DEFAULT.worth(LADDER, standings).values())
                    .allSatisfy(worth -> assertThat(worth).isBetween(-0.8, 1.0));
        }
    }

    @Test
    void create_outOfRange_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LadderOrder(0, 0, 1, 1, 1, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LadderOrder(0.1, 1, 1, 1, 1, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LadderOrder(0.1, 0, 0, 1, 1, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Outcome(true, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Rung.of("nobody"));
    }

    @Test
    void with_newestCountsATenth_onceTenAreKnown() {
        var standing = after(new Outcome(true, 1, 0.5), 10, 10).with(new Outcome(false, 11, 0), 0.1, 11);
        assertThat(standing.success()).isEqualTo(0.9);
        assertThat(standing.seconds()).isEqualTo(2.0);
        assertThat(standing.dollars()).as("a failure says nothing of the price").isEqualTo(0.5);
        assertThat(standing.samples()).isEqualTo(10);
        assertThat(standing.seen()).isEqualTo(11);
    }

    @Test
    void with_anotherRungsOutcome_leavesTheStandingAndCountsOn() {
        var standings =
                Standings.NONE.with(FAST, new Outcome(true, 1, 0), 0.1).with(CHEAP, new Outcome(false, 2, 0), 0.1);
        assertThat(standings.of(FAST)).isEqualTo(new Standing(1, 1, 0, 1, 1));
        assertThat(standings.of(CHEAP)).isEqualTo(new Standing(0, 2, 0, 1, 2));
        assertThat(standings.of(LAST)).isEqualTo(Standing.UNKNOWN);
        assertThat(standings.outcomes()).isEqualTo(2);
    }

    private static List<Rung> order(Map<Rung, Standing> standings, long now) {
        return ORDER.order(LADDER, new Standings(standings, now), new SplittableRandom(0));
    }

    private static Standing after(Outcome outcome, int times, long now) {
        var standing = Standing.UNKNOWN;
        for (int i = 0; i < times; i++) {
            standing = standing.with(outcome, 0.1, now);
        }
        return standing;
    }
}
