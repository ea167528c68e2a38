package io.perpetua.domain.brief;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.tokens.WordEstimate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtractiveBriefTest {

    private static final TokenCounter WORDS = WordEstimate.INSTANCE;
    private static final Instant START = Instant.parse("2024-03-04T09:00:00Z");

    private final List<Turn> turns = new ArrayList<>();

    @Test
    void roll_chatter_leavesDecisionsNumbersAndOpenItems() {
        user("Hello again. How are you today?");
        assistant("I am well, thank you. What can I do for you?");
        user("We decided to move the launch to 14 June. It was a nice meeting anyway.");
        assistant("Sounds good. That is fine by me.");
        user("Marta still needs to sign the contract with Northwind. Well, well.");
        user("The weather is fine. It is what it is. See you.");

        String brief = ExtractiveBrief.roll(null, turns, 60, WORDS);

        assertThat(brief).contains("14 June", "Marta still needs to sign").doesNotContain("How are you");
    }

    @Test
    void roll_lines_nameDayTurnAndSpeakerInOrder() {
        user("The budget is 900 euros for the whole trip.");
        turns.add(turn(
                Role.USER, "Ines", "The train to Porto leaves at 8:40 on Monday.", START.plus(Duration.ofDays(2))));

        assertThat(ExtractiveBrief.roll(null, turns, 100, WORDS)).isEqualTo("""
                2024-03-04:
                - 1 user: The budget is 900 euros for the whole trip.
                2024-03-06:
                - 2 Ines: The train to Porto leaves at 8:40 on Monday.""");
    }

    @Test
    void roll_codeAndToolReports_areNotRead() {
        turns.add(turn(Role.TOOL, null, "The secret number is 4711.", START));
        user("```\nint answer = 42;\n```\nThe answer is computed in the parser module.");

        assertThat(ExtractiveBrief.roll(null, turns, 200, WORDS))
                .doesNotContain("4711", "int answer")
                .contains("parser module");
    }

    @Test
    void roll_intoABrief_keepsWhatItSettled() {
        user("We decided to use the blue logo for the Lisbon office.");
        Brief first = brief(ExtractiveBrief.roll(null, turns, 100, WORDS), 1);
        turns.clear();
        for (int i = 0; i < 30; i++) {
            user("And then we talked about lunch number " + i + " with colleague number " + i + " for a while.");
        }

        assertThat(ExtractiveBrief.roll(first, turns, 120, WORDS))
                .contains("blue logo")
                .contains("lunch");
    }

    @Test
    void roll_briefOfAModel_keepsItsSentences() {
        user("The invoice is due on 3 May.");
        Brief first = new Brief("Ada runs a bakery in Ghent. She has 3 employees.", 4, 12);

        assertThat(ExtractiveBrief.roll(first, turns, 100, WORDS))
                .startsWith("Ada runs a bakery in Ghent.")
                .contains("3 May");
    }

    @Test
    void roll_sameSentenceTwice_isKeptOnce() {
        user("The invoice is due on 3 May.");
        user("The invoice is due on 3 May!");
        user("The invoice is due on 4 May.");

        assertThat(ExtractiveBrief.roll(null, turns, 200, WORDS))
                .containsOnlyOnce("3 May")
                .contains("4 May");
    }

    @Test
    void roll_nothingToTell_namesTheTurns() {
        turns.add(turn(Role.TOOL, null, "{}", START));

        assertThat(ExtractiveBrief.roll(null, turns, 100, WORDS)).isEqualTo("Turns 1 to 1.");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void roll_anyConversationInPieces_staysBoundedShrinksAndRepeatsItself(long seed) {
        var random = new Random(seed);
        Brief brief = null;
        int number = 1;
        for (int round = 0; round < 8; round++) {
            turns.clear();
            int count = 1 + random.nextInt(30);
            int read = 0;
            for (int i = 0; i < count; i++) {
                var text = new StringBuilder();
                for (int word = random.nextInt(80); word >= 0; word--) {
                    text.append(random.nextInt(9) == 0 ? "Word" : "word").append(random.nextInt(300));
                    text.append(random.nextInt(10) == 0 ? ".\n" : random.nextInt(30) == 0 ? ": " : " ");
                }
                read += WORDS.count(text.toString());
                turns.add(new Turn(number++, message(Role.USER, null, text.toString()), START, 1));
            }
            String text = ExtractiveBrief.roll(brief, turns, 200, WORDS);

            assertThat(WORDS.count(text)).isLessThanOrEqualTo(200);
            assertThat(WORDS.count(text))
                    .isLessThanOrEqualTo((brief == null ? 0 : brief.tokens()) + Math.max(48, read / 3));
            assertThat(text).isNotBlank().isEqualTo(ExtractiveBrief.roll(brief, turns, 200, WORDS));
            brief = brief(text, number - 1);
        }
    }

    private static Brief brief(String text, int covers) {
        return new Brief(text, covers, WORDS.count(text));
    }

    private void user(String text) {
        turns.add(turn(Role.USER, null, text, START));
    }

    private void assistant(String text) {
        turns.add(turn(Role.ASSISTANT, null, text, START));
    }

    private Turn turn(Role role, @Nullable String name, String text, Instant at) {
        return new Turn(turns.size() + 1, message(role, name, text), at, 1);
    }

    private static Message message(Role role, @Nullable String name, String text) {
        return new Message(role, text, name, List.of(), null, List.of(), "");
    }
}
