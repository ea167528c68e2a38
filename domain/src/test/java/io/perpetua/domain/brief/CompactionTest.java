package io.perpetua.domain.brief;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.mode.ModePolicy.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactionTest {

    private static final Reach REACH = new Reach(12, 5);
    private static final int BRIEF = 300;
    private final Compaction compaction = new Compaction(1_000, 0.5, 1_000);

    @Test
    void leaving_atTheThreshold_isNothing() {
        assertThat(compaction.leaving(exchanges(5, 100), BRIEF, true, REACH)).isEmpty();
        assertThat(compaction.leaving(exchanges(6, 10), BRIEF, true, REACH)).isEmpty();
        assertThat(compaction.leaving(List.of(), BRIEF, true, REACH)).isEmpty();
    }

    @Test
    void leaving_tooManyTokens_isAllButTheKeptShareInWholeExchanges() {
        assertThat(numbers(compaction.leaving(exchanges(6, 100), BRIEF, true, REACH)))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void leaving_tooManyTurns_isAllButTheKeptShareInWholeExchanges() {
        assertThat(numbers(compaction.leaving(exchanges(7, 10), BRIEF, true, REACH)))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void leaving_worthCompacting_isAtTheCheapestDistanceToTheToken() {
        var cheap = new Compaction(1_000, 0.2, 2);
        assertThat(cheap.distance(500, 80)).isEqualTo(5); // √(2 · 2 · 500 / 80)
        assertThat(cheap.limit(300, 80)).isEqualTo(200 + 5 * 80);
        assertThat(cheap.leaving(exchanges(5, 60), 300, true, REACH)).isEmpty(); // 600 of 200 + √(2 · 2 · 500 · 120)
        assertThat(numbers(cheap.leaving(exchanges(6, 60), 300, true, REACH)))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void limit_dearerToReadAgain_isShorter_andNeverBeyondTheMost() {
        assertThat(new Compaction(9_000, 0.1, 10).limit(1_100, 100)).isEqualTo(900 + 2_000);
        assertThat(new Compaction(9_000, 0.1, 2.5).limit(1_100, 100)).isEqualTo(900 + 1_000);
        assertThat(new Compaction(2_000, 0.45, 10).limit(1_100, 100)).isEqualTo(2_000);
        assertThat(new Compaction(2_000, 0.45, Double.POSITIVE_INFINITY).limit(1_100, 100))
                .isEqualTo(2_000);
    }

    @Test
    void leaving_lastExchangeBeyondEverything_staysAllTheSame() {
        assertThat(numbers(compaction.leaving(exchanges(2, 5_000), BRIEF, true, REACH)))
                .containsExactly(1, 2);
        assertThat(compaction.leaving(exchanges(1, 5_000), BRIEF, true, REACH)).isEmpty();
    }

    @Test
    void leaving_stretchThatGoesOn_isAllButTheLastExchange() {
        assertThat(numbers(compaction.leaving(exchanges(3, 1), BRIEF, false, REACH)))
                .containsExactly(1, 2, 3, 4);
        assertThat(compaction.leaving(exchanges(1, 1), BRIEF, false, REACH)).isEmpty();
    }

    @Test
    void leaving_growingConversation_happensOnceInAWhile() {
        int covered = 0;
        int compactions = 0;
        for (int count = 1; count <= 100; count++) {
            var uncovered = exchanges(count, 50).subList(covered, 2 * count);
            var leaving = compaction.leaving(uncovered, BRIEF, true, REACH);
            if (!leaving.isEmpty()) {
                covered = leaving.getLast().number();
                compactions++;
            }
        }
        assertThat(compactions).isBetween(20, 30);
    }

    @Test
    void make_valuesOutOfRange_isRefused() {
        assertThatThrownBy(() -> new Compaction(0, 0.5, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Compaction(1, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Compaction(1, 0.5, 0.9)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> numbers(List<Turn> turns) {
        return turns.stream().map(Turn::number).toList();
    }

    /** Questions and answers of {@code tokens} tokens each. */
    private static List<Turn> exchanges(int count, int tokens) {
        var turns = new ArrayList<Turn>();
        for (int i = 1; i <= 2 * count; i++) {
            var role = i % 2 == 1 ? Role.USER : Role.ASSISTANT;
            var message = new Message(role, "x", null, List.of(), null, List.of(), "");
            turns.add(new Turn(i, message, Instant.EPOCH, tokens));
        }
        return turns;
    }
}
