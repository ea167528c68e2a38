package io.perpetua.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnRangeTest {

    @Test
    void holds_isBetweenBothEnds() {
        var range = new TurnRange(3, 5);

        assertThat(range.holds(2)).isFalse();
        assertThat(range.holds(3)).isTrue();
        assertThat(range.holds(5)).isTrue();
        assertThat(range.holds(6)).isFalse();
    }

    @Test
    void apart_rangesThatOverlap_areOne() {
        assertThat(TurnRange.apart(
                        List.of(new TurnRange(7, 9), new TurnRange(1, 5), new TurnRange(2, 3), new TurnRange(5, 6))))
                .containsExactly(new TurnRange(1, 6), new TurnRange(7, 9));
    }

    @Test
    void apart_nothing_isNothing() {
        assertThat(TurnRange.apart(List.of())).isEmpty();
    }
}
