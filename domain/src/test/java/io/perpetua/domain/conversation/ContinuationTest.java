package io.perpetua.domain.conversation;

import static io.perpetua.domain.conversation.Said.assistant;
import static io.perpetua.domain.conversation.Said.calls;
import static io.perpetua.domain.conversation.Said.report;
import static io.perpetua.domain.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContinuationTest {

    private static final List<Message> STORED =
            List.of(user("u1"), assistant("a1"), user("u2"), assistant("a2"), user("u3"), assistant("a3"));

    @Test
    void known_newestMessageAlone_isNew() {
        assertThat(Continuation.known(STORED, List.of(user("u4")))).isZero();
    }

    @Test
    void known_newestMessageSaidBefore_isSaidAnew() {
        assertThat(Continuation.known(STORED, List.of(user("u3")))).isZero();
        assertThat(Continuation.known(STORED, List.of(user("u1")))).isZero();
    }

    @Test
    void known_wholeHistory_isAllButTheNewest() {
        var sent = List.of(
                user("u1"), assistant("a1"), user("u2"), assistant("a2"), user("u3"), assistant("a3"), user("u4"));
        assertThat(Continuation.known(STORED, sent)).isEqualTo(6);
    }

    @Test
    void known_windowOfTheHistory_isFoundByItsEnd() {
        assertThat(Continuation.known(STORED, List.of(assistant("a2"), user("u3"), assistant("a3"), user("u4"))))
                .isEqualTo(3);
        assertThat(Continuation.known(STORED, List.of(assistant("a3"), user("u4"))))
                .isEqualTo(1);
    }

    @Test
    void known_historyBehindAClientsOwnSummary_isFoundByItsEnd() {
        assertThat(Continuation.known(STORED, List.of(user("so far: …"), user("u3"), assistant("a3"), user("u4"))))
                .isEqualTo(3);
    }

    @Test
    void known_editedEnd_isNotRecognised() {
        assertThat(Continuation.known(STORED, List.of(user("u3, edited"), assistant("a3"), user("u4"))))
                .isZero();
        assertThat(Continuation.known(STORED, List.of(user("u1"), assistant("a1"), user("u2, again"))))
                .isZero();
    }

    @Test
    void known_messageThatStillWaitsForItsAnswer_isRecognisedWhenSentAgain() {
        var waiting = List.of(user("u1"), assistant("a1"), user("u2"));
        assertThat(Continuation.known(waiting, List.of(user("u2")))).isEqualTo(1);
        assertThat(Continuation.known(waiting, List.of(user("u1"), assistant("a1"), user("u2"))))
                .isEqualTo(3);
    }

    @Test
    void known_toolReport_isWhatIsNew() {
        var called = List.of(user("weather?"), calls("weather"));
        assertThat(Continuation.known(called, List.of(user("weather?"), calls("weather"), report("rain"))))
                .isEqualTo(2);
        assertThat(Continuation.known(called, List.of(report("rain")))).isZero();
    }

    @Test
    void known_toolReportThatStillWaitsForItsAnswer_isRecognisedWhenSentAgain() {
        var waiting = List.of(user("weather?"), calls("weather"), report("rain"));
        assertThat(Continuation.known(waiting, List.of(report("rain")))).isEqualTo(1);
    }

    @Test
    void known_nothingStored_isNothing() {
        assertThat(Continuation.known(List.of(), List.of(user("u1"), assistant("a1"), user("u2"))))
                .isZero();
    }
}
