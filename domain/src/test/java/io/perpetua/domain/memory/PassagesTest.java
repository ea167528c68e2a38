package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassagesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void ending_everyThirdTurn_holdsTheLastSix() {
        var path = path(1, 10, 20);

        assertThat(numbers(path, 2)).containsExactly(1, 2, 3);
        assertThat(numbers(path, 5)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(numbers(path, 8)).containsExactly(4, 5, 6, 7, 8, 9);
        assertThat(numbers(path, 3)).isEmpty();
        assertThat(numbers(path, 9)).isEmpty();
    }

    @Test
    void ending_laterStretchOfAPath_goesByNumbers() {
        assertThat(numbers(path(7, 6, 20), 5)).containsExactly(7, 8, 9, 10, 11, 12);
    }

    @Test
    void ending_afterAPause_holdsItsOwnSessionAlone() {
        var path = new ArrayList<>(path(1, 4, 20));
        path.add(turn(5, NOON.plusSeconds(5 + Sessions.GAP_SECONDS), 20));
        path.add(turn(6, NOON.plusSeconds(6 + Sessions.GAP_SECONDS), 20));

        assertThat(numbers(path, 5)).containsExactly(5, 6);
    }

    @Test
    void ending_longTurns_areNotWorthEmbeddingTogether() {
        assertThat(numbers(path(1, 6, 50), 5)).hasSize(6);
        assertThat(numbers(path(1, 6, 51), 5)).isEmpty();
    }

    @Test
    void ending_andSpread_agreeOnWhatAPassageHolds() {
        var talk = new Talk();
        for (int i = 0; i < 9; i++) {
            talk.user("x");
        }
        float n = Float.NaN;
        float[] held = Passages.spread(talk.table(), new float[] {n, n, n, n, n, n, n, n, 1});

        for (int i = 0; i < held.length; i++) {
            assertThat(!Float.isNaN(held[i]))
                    .isEqualTo(numbers(path(1, 9, 20), 8).contains(i + 1));
        }
    }

    private static List<Integer> numbers(List<Turn> path, int end) {
        return Passages.ending(path, end).stream().map(Turn::number).toList();
    }

    private static List<Turn> path(int first, int size, int tokens) {
        var path = new ArrayList<Turn>();
        for (int i = 0; i < size; i++) {
            path.add(turn(first + i, NOON.plusSeconds(i), tokens));
        }
        return path;
    }

    private static Turn turn(int number, Instant at, int tokens) {
        return new Turn(number, new Message(Role.USER, "x", null, List.of(), null, List.of(), "{}"), at, tokens);
    }
}
