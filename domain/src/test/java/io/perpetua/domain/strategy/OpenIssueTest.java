package io.perpetua.domain.strategy;

import static io.perpetua.domain.strategy.Spoken.assistant;
import static io.perpetua.domain.strategy.Spoken.turns;
import static io.perpetua.domain.strategy.Spoken.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenIssueTest {

    private static final String PROBLEM = "The boiler display doesn't turn on any more.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The app keeps crashing when I open a map.",
                "My parcel never arrived.",
                "The lamp stopped working on Monday.",
                "I can't log in to my account.",
                "We have a problem with the invoices.",
                "You charged me twice.",
                "The screen is cracked.",
                "It fails with error 1204.",
                "It still doesn't connect.",
                "I’m locked out of my account.",
                "Why won't it start?"
            })
    void problem_saidOutright_isOpen(String sentence) {
        assertThat(issue(user("Hello."), user(sentence)).statements()).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What happens if it doesn't work?",
                "If the parcel never arrives, do I get a refund?",
                "Thank you, that is clear.",
                "How do I change my plan?",
                "When it stops working, I'll write again.",
                "> The lamp stopped working."
            })
    void problem_hypotheticalOrQuoted_isNone(String sentence) {
        assertThat(issue(user(sentence)).statements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "That fixed it, thank you!",
                "It works now.",
                "Great, everything is working again.",
                "You can close this ticket.",
                "The problem is solved.",
                "Resetting the router did the trick.",
                "It no longer crashes.",
                "That worked."
            })
    void resolution_closesIt(String sentence) {
        assertThat(issue(user(PROBLEM), assistant("Reset it."), user(sentence)).statements())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "That didn't fix it.",
                "The problem is not solved.",
                "I hope that fixed it.",
                "Let me know if it works now.",
                "It is not working again.",
                "Thanks, I will try that."
            })
    void resolution_negatedOrHopedFor_leavesItOpen(String sentence) {
        assertThat(issue(user(PROBLEM), assistant("Reset it."), user(sentence)).statements())
                .contains(1);
    }

    @Test
    void resolution_byTheAssistant_isNone() {
        assertThat(issue(user(PROBLEM), assistant("The problem is solved.")).statements())
                .containsExactly(1);
    }

    @Test
    void resolvedButAnotherOne_isOpenFromThere() {
        assertThat(issue(user(PROBLEM), user("That fixed it, but now the pump keeps failing."))
                        .statements())
                .containsExactly(2);
    }

    @Test
    void manyStatements_keepTheFirstAndTheLast() {
        var said = new ArrayList<Message>();
        for (int i = 0; i < 9; i++) {
            said.add(user(PROBLEM));
        }

        assertThat(issue(said.toArray(Message[]::new)).statements()).containsExactly(1, 8, 9);
    }

    private static OpenIssue issue(Message... said) {
        return OpenIssue.NONE.after(turns(said));
    }
}
