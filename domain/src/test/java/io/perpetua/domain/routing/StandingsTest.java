package io.perpetua.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingsTest {

    private static final Rung OLD = Rung.of("openai/old");
    private static final Rung OFTEN = Rung.of("openai/often");
    private static final Rung NEW = Rung.of("gemini/new");
    private static final Standings STANDINGS = learnt(learnt(learnt(learnt(Standings.NONE, OFTEN), OLD), NEW), OFTEN);

    @Test
    void newest_fewEnough_isTheSame() {
        assertThat(STANDINGS.newest(3)).isSameAs(STANDINGS);
    }

    @Test
    void newest_tooMany_isWithoutThoseSeenLongestAgo() {
        assertThat(STANDINGS.newest(2).byRung()).containsOnlyKeys(OFTEN, NEW);
        assertThat(STANDINGS.newest(1).byRung()).containsOnlyKeys(OFTEN);
        assertThat(STANDINGS.newest(1).of(OFTEN)).isEqualTo(STANDINGS.of(OFTEN));
        assertThat(STANDINGS.newest(1).outcomes()).isEqualTo(4);
    }

    private static Standings learnt(Standings before, Rung rung) {
        return before.with(rung, new Outcome(true, 1, 0), 0.1);
    }
}
