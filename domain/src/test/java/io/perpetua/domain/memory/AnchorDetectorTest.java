package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnchorDetectorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Always answer with metric units.                          | INSTRUCTION",
                "Please never use emojis in your replies.                  | INSTRUCTION",
                "From now on, write all examples in Kotlin.                | INSTRUCTION",
                "When I ask for code, show only the changed lines.         | INSTRUCTION",
                "Whenever I mention a price, convert it to euros.          | INSTRUCTION",
                "I want you to always explain your reasoning.              | INSTRUCTION",
                "Keep your answers short.                                  | INSTRUCTION",
                "Please stop apologizing all the time.                     | INSTRUCTION",
                "Remember that I can't see images.                         | INSTRUCTION",
                "I prefer tabs over spaces, can you reformat this?         | PREFERENCE",
                "My favorite colour is teal.                               | PREFERENCE",
                "My goal is to run a marathon in October.                  | GOAL",
                "The deadline for the draft is May 3.                      | GOAL",
                "I'm saving up for a house.                                | GOAL",
                "We decided to ship on Friday.                             | DECISION",
                "I've chosen PostgreSQL for storage, how do I install it?  | DECISION",
                "Let's go with the second option.                          | DECISION",
                "My name is Priya.                                         | IDENTITY",
                "Hi, I'm Priya, a freelance illustrator from the north.    | IDENTITY",
                "I live in Lisbon.                                         | IDENTITY",
                "I'm allergic to peanuts.                                  | IDENTITY",
                "I meant the other repository.                             | CORRECTION",
                "No, that's wrong, the meeting is on Tuesday.              | CORRECTION",
            })
    void in_saidOutright_isDetected(String text, Kind kind) {
        assertThat(detect(text)).extracting(Detected::kind).containsExactly(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Why does it always crash on start?",
                "Do I always need a lock here?",
                "Always happy to help!",
                "Never give up!",
                "It never worked before.",
                "Would you prefer tea?",
                "What do I do if I prefer tabs?",
                "Should I go with the second option?",
                "> Always answer in French.",
                "The sign said \"Always keep the door shut\" in red.",
                "```\nalways use strict mode here\nmy name is root\n```",
                "    always use the cache for this",
                "Can you write a poem?",
                "I'm not sure whether we decided to ship.",
                "I live in fear of Mondays.",
                "",
            })
    void in_somethingElse_isNot(String text) {
        assertThat(detect(text)).isEmpty();
    }

    @Test
    void in_assistantAndTools_areNeverRead() {
        for (Role role : Role.values()) {
            if (role != Role.USER) {
                assertThat(AnchorDetector.in(said(role, "Always answer in French.")))
                        .isEmpty();
            }
        }
    }

    @Test
    void in_statementBeforeARequest_isKeptWithoutIt() {
        assertThat(detect("I prefer the train over flying, can you find me a route to Rome?"))
                .extracting(Detected::text)
                .containsExactly("I prefer the train over flying");
    }

    @Test
    void in_middleOfALongMessage_isMaterial() {
        String material = "This sentence is part of an essay. ".repeat(10);

        assertThat(detect("Please proofread. " + material + "I've decided to leave home. " + material + "Thanks!"))
                .isEmpty();
        assertThat(detect(material + "Always answer in French. Thanks!")).hasSize(1);
    }

    @Test
    void in_manyAnchors_areAtMostThree() {
        assertThat(detect("I live in Rome. My name is Ada. We decided to ship. My goal is to rest. I prefer tea."))
                .hasSize(3);
    }

    @Test
    void in_sameThingSettledAnew_hasTheSameSubject() {
        assertThat(subject("Always format dates as day-month-year when I ask about deadlines."))
                .isNotNull()
                .isEqualTo(subject("Never format dates with slashes when I ask about the deadlines."));
        assertThat(subject("My name is Ada.")).isEqualTo(subject("Actually my name is Eva."));
        assertThat(subject("The deadline for the draft is May 3."))
                .isEqualTo(subject("The deadline for the draft has moved to May 9."));
    }

    @Test
    void in_thingsThatHoldTogether_haveDifferentSubjectsOrNone() {
        assertThat(subject("Always include sources when I ask about history.")).isNull();
        assertThat(subject("The deadline for the draft is May 3."))
                .isNotEqualTo(subject("The deadline for the slides is May 3."));
        assertThat(subject("I live in Rome.")).isNotEqualTo(subject("I work at Acme."));
    }

    @Test
    void in_veryLongClause_isShortened() {
        String clause = "I prefer " + "one thing over another, ".repeat(40);

        assertThat(detect(clause).getFirst().text()).hasSizeLessThan(300).endsWith("…");
    }

    private static @Nullable String subject(String text) {
        return detect(text).getFirst().subject();
    }

    private static List<Detected> detect(String text) {
        return AnchorDetector.in(said(Role.USER, text));
    }

    private static Message said(Role role, String text) {
        return new Message(role, text, null, List.of(), null, List.of(), "");
    }
}
