package io.perpetua.domain.conversation;

import static io.perpetua.domain.conversation.Said.assistant;
import static io.perpetua.domain.conversation.Said.calls;
import static io.perpetua.domain.conversation.Said.report;
import static io.perpetua.domain.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExchangesTest {

    @Test
    void of_toolCalls_stayWithTheirQuestionAndAnswer() {
        var turns = turns(user("q1"), calls("f"), report("r"), assistant("a1"), user("q2"), assistant("a2"));
        assertThat(Exchanges.of(turns))
                .extracting(exchange -> exchange.stream().map(Turn::number).toList())
                .containsExactly(List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void of_twoMessagesOfTheUserInARow_areOneExchange() {
        assertThat(Exchanges.of(turns(user("q"), user("and?"), assistant("a"), user("q2"))))
                .extracting(List::size)
                .containsExactly(3, 1);
    }

    @Test
    void of_nothing_isNothing() {
        assertThat(Exchanges.of(List.of())).isEmpty();
    }

    @Test
    void lastStart_isWhereTheUserSpokeLast() {
        assertThat(Exchanges.lastStart(List.of(user("q1"), assistant("a"), user("q2"), calls("f"), report("r"))))
                .isEqualTo(2);
        assertThat(Exchanges.lastStart(List.of(user("q1")))).isZero();
        assertThat(Exchanges.lastStart(List.of())).isZero();
    }

    private static List<Turn> turns(Message... said) {
        return IntStream.range(0, said.length)
                .mapToObj(i -> new Turn(i + 1, said[i], Instant.EPOCH, 1))
                .toList();
    }
}
