package io.perpetua.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.benchmarks.load.Reply.Allowance;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final Reply LIMITED = reply(Ending.REFUSED, 429, "rate_limit_exceeded", 0);

    @Test
    void exact_neitherMoreNorLess_isWanted() {
        var two = Stream.of(1, 0).map(LimitsTest::answered).toList();
        assertThat(Limits.exact(with(two, LIMITED), 2)).isTrue();
        assertThat(Limits.exact(with(two, LIMITED), 3)).isFalse();
        assertThat(Limits.exact(with(two, answered(0)), 2)).isFalse();
        assertThat(Limits.exact(with(two, reply(Ending.REFUSED, 429, "queue_full", 0)), 2))
                .isFalse();
    }

    @Test
    void countsDown_eachNumberOnce_isWanted() {
        assertThat(Limits.countsDown(List.of(answered(0), answered(1), LIMITED), 2))
                .isTrue();
        assertThat(Limits.countsDown(List.of(answered(1), answered(1)), 2)).isFalse();
        assertThat(Limits.countsDown(List.of(answered(1)), 2)).isFalse();
    }

    private static List<Reply> with(List<Reply> replies, Reply more) {
        return Stream.concat(replies.stream(), Stream.of(more)).toList();
    }

    private static Reply answered(int remaining) {
        return reply(Ending.ANSWERED, 200, "", remaining);
    }

    private static Reply reply(Ending ending, int status, String code, int remaining) {
        return new Reply(ending, status, code, 1, false, 1, 1, 0, 0, new Allowance(2, remaining, "1"));
    }
}
