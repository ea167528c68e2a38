package io.perpetua.domain.mode;

import static io.perpetua.domain.mode.Mode.BALANCED;
import static io.perpetua.domain.mode.Mode.FULL;
import static io.perpetua.domain.mode.Mode.SAFE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.perpetua.domain.mode.ModePolicy.Reach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModePolicyTest {

    private static final ModePolicy POLICY = ModePolicy.DEFAULT;

    @ParameterizedTest
    @CsvSource({"0, FULL", "4999, FULL", "5000, BALANCED", "19999, BALANCED", "20000, SAFE", "9000000, SAFE"})
    void choose_newConversation_byItsTokens(long tokens, Mode expected) {
        assertThat(POLICY.choose(tokens, FULL)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "4999, BALANCED, BALANCED",
        "4500, BALANCED, BALANCED",
        "4499, BALANCED, FULL",
        "19999, SAFE, SAFE",
        "18000, SAFE, SAFE",
        "17999, SAFE, BALANCED",
        "4600, SAFE, BALANCED",
        "4499, SAFE, FULL"
    })
    void choose_fallingTokens_goBackOnlyTenPercentBelow(long tokens, Mode current, Mode expected) {
        assertThat(POLICY.choose(tokens, current)).isEqualTo(expected);
    }

    @Test
    void choose_risingTokens_switchAtOnce() {
        assertThat(POLICY.choose(20_000, BALANCED)).isEqualTo(SAFE);
        assertThat(POLICY.choose(5_000, FULL)).isEqualTo(BALANCED);
    }

    @Test
    void reach_growsWithTheMode() {
        assertThat(POLICY.reach(FULL)).isEqualTo(Reach.EVERYTHING);
        assertThat(POLICY.reach(BALANCED)).isEqualTo(new Reach(30, 5));
        assertThat(POLICY.reach(SAFE)).isEqualTo(new Reach(40, 7));
    }

    @Test
    void construct_thresholdsThatDoNotRise_areRefused() {
        var reach = new Reach(1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new ModePolicy(5_000, 5_000, 0.1, reach, reach));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModePolicy(5_000, 6_000, 1, reach, reach));
    }
}
