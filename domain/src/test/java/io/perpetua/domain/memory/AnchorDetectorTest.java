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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Always answer in French.          | Answer in English from now on.                     | language",
                "Call me Sam.                      | My name is Alex, actually.                          | name",
                "Keep your answers short.          | I want your explanations as detailed as possible.   | length",
                "Never use emojis in your replies. | Use emojis in all your answers.                     | emojis",
                "I live in Lisbon.                 | I've just moved to Porto.                           | home",
                "I work at Acme.                   | I'm a nurse now, my job is great.                   | work",
                "My favourite colour is teal.      | My favorite colour is now red.                      | ",
                "The deadline for the draft is May 3. | The deadline for the draft has moved to May 9.   | deadline:draft",
                "Let's use SQLite for storage.     | We'll go with Postgres for the storage.             | choice:storage",
                "Always format dates as day-month-year when I ask about deadlines. | Never format dates with slashes "
                        + "when I ask about the deadlines. | date format:deadlines",
            })
    void in_sameThingSettledAnew_hasTheSameSubject(String before, String after, @Nullable String subject) {
        assertThat(subject(before)).isNotNull().isEqualTo(subject(after));
        assertThat(subject == null || subject.equals(subject(before))).isTrue();
    }

    @Test
    void in_thingsThatHoldTogether_haveDifferentSubjectsOrNone() {
        assertThat(subject("Always include sources when I ask about history.")).isNull();
        assertThat(subject("Always answer in French when I ask about cooking."))
                .isNotEqualTo(subject("Always answer in English when I ask about history."));
        assertThat(subject("The deadline for the draft is May 3."))
                .isNotEqualTo(subject("The deadline for the slides is May 3."));
        assertThat(subject("I live in Rome.")).isNotEqualTo(subject("I work at Acme."));
    }

    @Test
    void in_namedSpeakers_whatTheySayOfThemselvesIsTheirs() {
        assertThat(by("Ann", "I live in Rome."))
                .containsExactly(new Detected(Kind.IDENTITY, "Ann: I live in Rome.", "ann/home"));
        assertThat(by("Ann", "Always answer in French."))
                .containsExactly(new Detected(Kind.INSTRUCTION, "Always answer in French.", "language"));
    }

    @Test
    void in_veryLongClause_keepsWhatCounts() {
        String clause = "one thing over another, ".repeat(40);

        assertThat(detect("I prefer " + clause).getFirst().text())
                .hasSizeLessThan(300)
                .startsWith("I prefer")
                .endsWith("…");
        assertThat(detect("I have thought about it, " + "and about it, ".repeat(30) + "and I prefer tea.")
                        .getFirst()
                        .text())
                .isEqualTo("… and I prefer tea.");
    }

    @Test
    void in_endlessSentence_isMaterial() {
        assertThat(detect("I prefer " + "this and that ".repeat(100_000))).isEmpty();
    }

    private static @Nullable String subject(String text) {
        return detect(text).getFirst().subject();
    }

    private static List<Detected> detect(String text) {
        return AnchorDetector.in(said(Role.USER, text));
    }

    private static List<Detected> by(String speaker, String text) {
        return AnchorDetector.in(new Message(Role.USER, text, speaker, List.of(), null, List.of(), ""));
    }

    private static Message said(Role role, String text) {
        return new Message(role, text, null, List.of(), null, List.of(), "");
    }
}
