package io.perpetua.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StandingInstructionTest {

    private static final String ANCHORS = "## Always keep in mind\n- ";
    private static final String SAID = "Hi there. Please always add a glossary when I ask about sailing. Thanks a lot!";

    private final StandingInstruction instruction = StandingInstruction.of(List.of(SAID, "I have a boat."));

    @Test
    void sentence_inAnotherPunctuation_isThere() {
        assertThat(instruction.isIn(user("[7 user] … please ALWAYS add a glossary, when I ask about sailing …")))
                .isTrue();
    }

    @Test
    void wholeTurn_isThere() {
        assertThat(instruction.isIn(user(SAID))).isTrue();
    }

    @Test
    void turnCutToOtherSentences_isNotThere() {
        assertThat(instruction.isIn(user("[7 user] Hi there. … Thanks a lot!"))).isFalse();
    }

    @Test
    void clauseOfTheSentence_isThereIfItIsHalfAndLasts() {
        assertThat(instruction.isIn(user("- always add a glossary when I ask"))).isTrue();
        assertThat(instruction.isIn(user("- always add"))).isFalse();
        assertThat(instruction.isIn(user("- add a glossary when"))).isFalse();
    }

    @Test
    void partOfAWord_isNoWord() {
        var art = StandingInstruction.of(List.of("Always art."));

        assertThat(art.isIn(user("It is always artful."))).isFalse();
    }

    @Test
    void twoInstructions_areBothNeeded() {
        var two = StandingInstruction.of(List.of("Always say the year.", "Never use tables."));

        assertThat(two.isIn(user("always say the year"))).isFalse();
        assertThat(two.isIn(user("always say the year\nnever use tables"))).isTrue();
    }

    @Test
    void noWordOfLasting_everySentenceIsNeeded() {
        var plain = StandingInstruction.of(List.of("I like it short. No tables."));

        assertThat(plain.isIn(user("No tables."))).isFalse();
        assertThat(plain.isIn(user("I like it short. No tables."))).isTrue();
    }

    @Test
    void anchored_isOnlyWhatStandsInThatSection() {
        var message = "Be kind.\n\n" + ANCHORS + "I have a boat.\n\n## Summary\n" + SAID;

        assertThat(instruction.isIn(user(message))).isTrue();
        assertThat(instruction.isAnchoredIn(user(message))).isFalse();
        assertThat(instruction.isAnchoredIn(user(ANCHORS + "Please always add a glossary when I ask about sailing.")))
                .isTrue();
    }

    @Test
    void nothing_isNeverThere() {
        assertThat(StandingInstruction.of(List.of()).isIn(user("anything"))).isFalse();
    }

    private static List<Message> user(String text) {
        return List.of(new Message(Role.USER, text, null, List.of(), null, List.of(), "{}"));
    }
}
