package io.perpetua.domain.strategy;

import static io.perpetua.domain.strategy.Spoken.assistant;
import static io.perpetua.domain.strategy.Spoken.turns;
import static io.perpetua.domain.strategy.Spoken.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Turn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatestStatementsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "My name is Dana Whitfield.",
                "This is Dana Whitfield from Brightwater.",
                "My order number is 4471-B.",
                "It is about order #4471.",
                "My order 4471 never arrived.",
                "The customer ID: C-99812",
                "My new order number is now 5512.",
                "My email is dana@example.org.",
                "You can reach me at dana@example.org.",
                "Call me on +44 20 5550 1234.",
                "I'm on the Family Plus plan.",
                "We have switched to the Team plan.",
                "My router is a Halden X200.",
                "I'm using a Halden X200 with the latest firmware.",
                "My shipping address is 4 Quay Lane.",
                "The serial number is HX-2231-77."
            })
    void identity_saidOutright_isFound(String sentence) {
        assertThat(identity(user(sentence)).byTurn()).isEqualTo(Map.of(1, List.of(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "In order to do that I need 3 steps.",
                "I would like to order 2 of them.",
                "I want to order 200 boxes.",
                "My order is 20 minutes late.",
                "The order 20 days ago was fine.",
                "What is my order number?",
                "I emailed support@example.org yesterday.",
                "We are on the same page.",
                "In case 2 things happen, tell me.",
                "My device is not working.",
                "I have a problem with it.",
                "Is there a Team plan?",
                "> My order number is 4471."
            })
    void identity_anythingElse_isNot(String sentence) {
        assertThat(identity(user(sentence)).byTurn()).isEmpty();
    }

    @Test
    void identity_newestValueWinsAndOnlyTheUserCounts() {
        var stated = identity(
                user("Hello there. My order number is 4471. My name is Dana."),
                assistant("Is your order number 9999? My name is Robo."),
                user("Sorry, my order number is 5512."));

        assertThat(stated.byTurn()).isEqualTo(Map.of(1, List.of(2), 3, List.of(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The primary colour is #0a5.",
                "Make the primary color: teal",
                "Set the font to Inter.",
                "The heading font should be Lora.",
                "Use #0055ff as the accent colour.",
                "Change the corner radius to 12px.",
                "Button colour must be orange."
            })
    void design_saidOutright_isFound(String sentence) {
        assertThat(design(user(sentence)).byTurn()).isEqualTo(Map.of(1, List.of(0)));
    }

    @Test
    void design_sameThing_newestWins() {
        var stated = design(
                user("The primary colour is #0a5."),
                user("The heading font should be Lora."),
                user("Change the primary color to #07c."));

        assertThat(stated.byTurn().keySet()).containsExactly(2, 3);
    }

    @Test
    void quoted_hasTheSentencesInOrderAndSaysWhereSomethingIsMissing() {
        assertThat(LatestStatements.quoted(user("One. Two. Three. Four."), List.of(3, 0, 1)))
                .isEqualTo("One. Two. … Four.");
    }

    @Test
    void superseded_isTheSentenceWhoseEveryValueIsStatedAnew() {
        var said = turns(
                user("The primary colour is #0a5. Thanks."),
                user("The heading font should be Lora, and the primary colour is #0b6."),
                user("Change the primary color to #07c."));
        var stated = LatestStatements.OF_DESIGN.after(said);

        assertThat(shown(stated, said.get(0), 3)).isEqualTo("[superseded in turn 3] Thanks.");
        assertThat(shown(stated, said.get(0), 2)).isEqualTo("[superseded below] Thanks.");
        assertThat(shown(stated, said.get(1), 3))
                .isEqualTo(said.get(1).message().text());
    }

    @Test
    void superseded_sameWordsInCodeAndQuotations_stayAsTheyAre() {
        String others = """
                > The primary colour is #0a5.
                ```
                # The primary colour is #0a5.
                The primary colour is #0a5.
                ```
                They wrote: The primary colour is #0a5.
                """;
        var said = turns(
                user(others + "\r\n  Thanks. The primary colour is #0a5. Bye."),
                user("Change the primary color to #07c."));
        var stated = LatestStatements.OF_DESIGN.after(said);

        assertThat(shown(stated, said.get(0), 2))
                .startsWith(others.substring(0, others.indexOf("They")))
                .endsWith("\r\n  Thanks. [superseded in turn 2] Bye.");
    }

    @Test
    void superseded_withinTheSameTurn_leavesTheLastOfEqualSentences() {
        var said = turns(user("The primary colour is #0a5. Or blue? The primary colour is #0a5."));

        assertThat(shown(LatestStatements.OF_DESIGN.after(said), said.get(0), 1))
                .isEqualTo("[superseded in turn 1] Or blue? The primary colour is #0a5.");
    }

    private static String shown(LatestStatements stated, Turn turn, int lastTurn) {
        return ArtifactView.rest(turn, ArtifactHistory.EMPTY, false, lastTurn, stated.superseded(turn, lastTurn));
    }

    private static LatestStatements identity(Message... said) {
        return LatestStatements.OF_IDENTITY.after(turns(said));
    }

    private static LatestStatements design(Message... said) {
        return LatestStatements.OF_DESIGN.after(turns(said));
    }
}
