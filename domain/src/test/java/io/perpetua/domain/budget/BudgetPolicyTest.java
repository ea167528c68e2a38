package io.perpetua.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perpetua.domain.budget.BudgetPolicy.Allotment.Shares;
import io.perpetua.domain.budget.BudgetPolicy.Allotment.TooLarge;
import io.perpetua.domain.budget.BudgetPolicy.Demand;
import io.perpetua.domain.mode.Mode;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BudgetPolicyTest {

    private static final BudgetPolicy POLICY = BudgetPolicy.DEFAULT;
    private static final int WINDOW = 128_000;

    @Test
    void allot_everythingFits_grantsWhatIsAskedFor() {
        assertThat(POLICY.allot(new Demand(200, 90, 600, 1_200, 900, 80), Mode.BALANCED, WINDOW))
                .isEqualTo(new Shares(90, 600, 1_200, 900, false));
    }

    @Test
    void allot_anchorsAndBriefBeyondTheirCaps_areHeldToThem() {
        assertThat(POLICY.allot(new Demand(0, 5_000, 5_000, 0, 0, 10), Mode.SAFE, WINDOW))
                .isEqualTo(new Shares(1_600, 1_200, 0, 0, false));
    }

    @Test
    void allot_leftOver_flowsToRecentTurnsFirstInBalanced() {
        // 8000 - 1000 - 3 - 197 = 6800: recent 450, recalled 3750, and 2600 left over.
        assertThat(POLICY.allot(new Demand(100, 0, 0, 9_000, 9_000, 97), Mode.BALANCED, WINDOW))
                .isEqualTo(new Shares(0, 0, 3_050, 3_750, false));
    }

    @Test
    void allot_leftOver_flowsToRecalledTurnsFirstInSafe() {
        assertThat(POLICY.allot(new Demand(100, 0, 0, 9_000, 9_000, 97), Mode.SAFE, WINDOW))
                .isEqualTo(new Shares(0, 0, 450, 6_350, false));
    }

    @Test
    void allot_littleRoom_servesAnchorsAndTheRecentFloorFirst() {
        // 8000 - 1000 - 3 - 6097 = 900
        assertThat(POLICY.allot(new Demand(97, 300, 600, 1_000, 1_000, 6_000), Mode.BALANCED, WINDOW))
                .isEqualTo(new Shares(300, 150, 450, 0, false));
    }

    @Test
    void allot_messageBeyondTheBudget_keepsRoomForAnchorsAndTheFloorInTheWindow() {
        assertThat(POLICY.allot(new Demand(0, 300, 600, 1_000, 1_000, 20_000), Mode.BALANCED, WINDOW))
                .isEqualTo(new Shares(300, 600, 450, 700, true));
    }

    @Test
    void allot_messageBeyondTheWindow_isTooLarge() {
        assertThat(POLICY.allot(new Demand(1_000, 0, 0, 0, 0, 8_000), Mode.BALANCED, 9_003))
                .isEqualTo(new TooLarge(9_003, 9_003));
    }

    @Test
    void allot_windowSmallerThanTheBudget_rules() {
        assertThat(POLICY.allot(new Demand(97, 0, 0, 5_000, 0, 900), Mode.BALANCED, 4_000))
                .isEqualTo(new Shares(0, 0, 2_000, 0, false));
    }

    @Test
    void fits_countsCompletionAndPriming() {
        assertThat(POLICY.fits(6_997, WINDOW)).isTrue();
        assertThat(POLICY.fits(6_998, WINDOW)).isFalse();
        assertThat(POLICY.fits(6_997, 7_999)).isFalse();
    }

    @Test
    void scaledTo_keepsTheShares() {
        assertThat(POLICY.scaledTo(2_000)).isEqualTo(new BudgetPolicy(2_000, 250, 175, 0.20, 300, 112, 937));
    }

    @Test
    void construct_partsBeyondTheTotal_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BudgetPolicy(8_000, 1_000, 700, 0.2, 1_200, 450, 4_651))
                .withMessageContaining("8001");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverGrantsMoreThanAskedForNorMoreThanTheBudget(long seed) {
        var random = new SplittableRandom(seed);
        var policy = POLICY.scaledTo(random.nextInt(256, 40_000));
        int window = random.nextInt(256, 60_000);
        var demand = new Demand(
                random.nextInt(3_000),
                random.nextInt(4_000),
                random.nextInt(4_000),
                random.nextInt(20_000),
                random.nextInt(20_000),
                random.nextInt(12_000));
        var mode = random.nextBoolean() ? Mode.BALANCED : Mode.SAFE;
        int fixed = demand.system() + demand.message() + 3;
        switch (policy.allot(demand, mode, window)) {
            case TooLarge(var needed, var limit) -> {
                assertThat(needed).isEqualTo(fixed).isGreaterThanOrEqualTo(limit);
            }
            case Shares(var anchors, var brief, var recent, var retrieved, var over) -> {
                assertThat(anchors).isBetween(0, Math.min(demand.anchors(), policy.anchors()));
                assertThat(brief).isBetween(0, Math.min(demand.brief(), policy.brief()));
                assertThat(recent).isBetween(0, demand.recent());
                assertThat(retrieved).isBetween(0, demand.retrieved());
                int sum = fixed + anchors + brief + recent + retrieved;
                assertThat(sum).isLessThanOrEqualTo(window);
                if (!over) {
                    assertThat(sum + policy.completion()).isLessThanOrEqualTo(policy.total());
                }
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }
}
