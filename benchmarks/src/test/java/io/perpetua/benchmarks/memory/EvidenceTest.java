package io.perpetua.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.benchmarks.memory.Recording.Asked;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EvidenceTest {

    private final Evidence evidence = new Evidence();

    @Test
    void score_partOfTheEvidence_countsAsItsShareAndNotAsAll() {
        add("one", "a", Set.of(1, 2), List.of(2, 7));
        add("one", "a", Set.of(3), List.of(3));

        assertThat(evidence.score(category -> true)).isEqualTo(new Evidence.Score(2, 0.75, 0.5));
        assertThat(evidence.score(category -> true)).hasToString("75.0/50.0");
    }

    @Test
    void score_categories_areCountedApart() {
        add("one", "a", Set.of(1), List.of(1));
        add("one", "b", Set.of(1), List.of());

        assertThat(evidence.score("a"::equals).recall()).isEqualTo(1);
        assertThat(evidence.score("b"::equals).recall()).isZero();
        assertThat(evidence.score("c"::equals).questions()).isZero();
    }

    @Test
    void interval_conversationsThatAgree_isAPoint() {
        add("one", "a", Set.of(1), List.of(1));
        add("two", "a", Set.of(1), List.of(1));

        assertThat(evidence.interval(category -> true, new Random(1))).isEqualTo(new Evidence.Interval(1, 1));
    }

    @Test
    void interval_conversationsThatDiffer_liesAroundTheMean() {
        for (int i = 0; i < 10; i++) {
            add("conversation " + i, "a", Set.of(1), i % 2 == 0 ? List.of(1) : List.of());
        }
        var interval = evidence.interval(category -> true, new Random(1));

        assertThat(interval.low()).isBetween(0.1, 0.4);
        assertThat(interval.high()).isBetween(0.6, 0.9);
        assertThat(interval).isEqualTo(evidence.interval(category -> true, new Random(1)));
    }

    private void add(String conversation, String category, Set<Integer> cited, List<Integer> sent) {
        evidence.add(conversation, new Asked("?", category, cited), sent);
    }
}
