package io.perpetua.domain.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedFactsTest {

    private static List<Triple> in(String text) {
        return StatedFacts.in(message(Role.USER, text, null));
    }

    private static Message message(Role role, String text, @Nullable String name) {
        return new Message(role, text, name, List.of(), null, List.of(), "{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            My name is Ada Lovelace, and I need help. | name | Ada Lovelace
            Call me Ishmael. | name | Ishmael
            I live in New York and I love it. | home | New York
            I just moved to Porto last week. | home | Porto
            I'm based in Berlin. | home | Berlin
            I work as a nurse in Oslo. | work | nurse in Oslo
            I work at Acme. | work | at Acme
            I'm a software engineer. | work | software engineer
            My email is ada@example.org. | email | ada@example.org
            I'm 34 years old. | age | 34
            My time zone is CET. | time zone | CET
            My favourite colour is dark green. | favourite colour | dark green
            I am allergic to peanuts and I love them. | allergic to | peanuts
            I'm vegetarian. | describes self as | vegetarian
            I have type 2 diabetes. | has condition | type 2 diabetes
            I don't eat meat. | does not eat | meat
            I never drink coffee. | does not drink | coffee
            I prefer tea over coffee. | prefers | tea over coffee
            I'd rather walk. | prefers | walk
            I hate using Word. | dislikes | using Word
            I'm not a fan of long meetings. | dislikes | long meetings
            """)
    void in_whatAUserSaysOfHimself_isAFact(String text, String predicate, String object) {
        assertThat(in(text)).containsExactly(new Triple("user", predicate, object));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is my name?",
                "If I lived in Rome, what would I eat?",
                "\"My name is Bond\", he said.",
                "She said my name is Ann.",
                "```\nMy name is Ann.\n```",
                "Always answer in French.",
                "Suppose I am allergic to peanuts.",
                "The capital of France is Paris.",
                "Is it true that I live in Rome?",
                ""
            })
    void in_whatIsNotSaidOfHimself_isNone(String text) {
        assertThat(in(text)).isEmpty();
    }

    @Test
    void in_otherRoles_isNothing() {
        for (Role role : Role.values()) {
            if (role != Role.USER) {
                assertThat(StatedFacts.in(message(role, "My name is Ann.", null)))
                        .isEmpty();
            }
        }
    }

    @Test
    void in_severalSentences_givesEach() {
        assertThat(in("My name is Ann. I live in Oslo. I don't eat meat."))
                .containsExactly(
                        new Triple("user", "name", "Ann"),
                        new Triple("user", "home", "Oslo"),
                        new Triple("user", "does not eat", "meat"));
    }

    @Test
    void in_namedSpeaker_isTheSubject() {
        assertThat(StatedFacts.in(message(Role.USER, "I live in Oslo. I'm vegan.", "Ann")))
                .containsExactly(new Triple("Ann", "home", "Oslo"), new Triple("Ann", "describes self as", "vegan"));
    }
}
