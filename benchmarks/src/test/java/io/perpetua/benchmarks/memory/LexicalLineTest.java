package io.perpetua.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.context.Excerpt;
import io.perpetua.domain.context.Sections;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.LexicalSignals;
import io.perpetua.domain.memory.TurnSignals;
import io.perpetua.domain.memory.TurnTable;
import io.perpetua.domain.tokens.TokenCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/*
 * Seven turns of four words, one day, two sessions: turns 1 to 5, and 6 to 7 an hour and a half later. "kite" is once in
 * turn 2 and once in turn 4, "owl" once in turn 6. Lengths are equal, so BM25 of a turn's own words ranks 4 and 2 alike
 * for "kite" (the later first) and the rest at 0. Taken twice and with its neighbours, turn 3 has "kite" twice in 24
 * words, turns 1 and 5 once in 16, and turns 2 and 4 three times in 20.
 */
/** A conversation that can be reckoned by hand; a token is a word. */
final class LexicalLineTest {

    private static final TokenCounter WORDS =
            text -> text.isBlank() ? 0 : text.strip().split("\\s+").length;
    private static final Instant NOON = Instant.parse("2024-03-01T12:00:00Z");
    private static final int TURNS = 7;
    /** Heading (6), date (1) and rule (1). */
    private static final int FRAME = 8;
    /** Label (2) and text (4). */
    private static final int LINE = 6;

    private final List<Turn> turns = new ArrayList<>(
            IntStream.rangeClosed(1, TURNS).mapToObj(LexicalLineTest::turn).toList());

    @Test
    void best_ownWords_ranksWhoHasThemAndThenTheLater() {
        assertThat(line(0, 0).best("kite", 7)).containsExactly(4, 2, 7, 6, 5, 3, 1);
    }

    @Test
    void best_mix_ranksWhoIsBetweenThemNext() {
        assertThat(line(0.5, 0).best("kite", 7)).containsExactly(4, 2, 3, 5, 1, 7, 6);
    }

    @Test
    void within_windows_bringNeighboursOfTheSameSession() {
        assertThat(line(0, 2).within("owl", FRAME + 2 * LINE)).containsExactly(6, 7);
        assertThat(line(0, 2).within("kite", FRAME + 3 * LINE)).containsExactly(3, 4, 5);
    }

    @Test
    void within_noWindows_takesTheBest() {
        assertThat(line(0, 0).within("kite", FRAME + 2 * LINE)).containsExactly(2, 4);
    }

    @Test
    void within_bestIsTooLong_takesTheNext() {
        turns.set(3, turn(4, text(4) + " and then some thirty other words ".repeat(6)));

        assertThat(line(0, 0).within("kite", FRAME + LINE)).containsExactly(2);
    }

    @Test
    void within_anyBudget_isKeptByTheServedWording() {
        for (int tokens = 0; tokens <= FRAME + TURNS * LINE; tokens++) {
            var shown = line(0.5, 2).within("kite", tokens).stream()
                    .map(number -> excerpt(turns.get(number - 1)))
                    .toList();

            assertThat(WORDS.count(Sections.recalled(shown))).isLessThanOrEqualTo(tokens);
        }
    }

    private LexicalLine line(double near, int window) {
        return new LexicalLine(turns, LexicalLineTest::signals, near, window, WORDS);
    }

    private static TurnSignals signals(String word) {
        int[] numbers = IntStream.rangeClosed(1, TURNS).toArray();
        long[] at = IntStream.of(numbers)
                .mapToLong(number -> turn(number).at().getEpochSecond())
                .toArray();
        int[] lengths = new int[TURNS];
        Arrays.fill(lengths, 4);
        var table = TurnTable.of(
                numbers, Collections.nCopies(TURNS, Role.USER), Collections.nCopies(TURNS, null), at, lengths, lengths);
        var lexical = new LexicalSignals(table);
        int[] frequencies = new int[TURNS];
        for (int row = 0; row < TURNS; row++) {
            frequencies[row] = text(row + 1).contains(word) ? 1 : 0;
        }
        lexical.add(word, frequencies, 1);
        float[] meaning = new float[TURNS];
        Arrays.fill(meaning, Float.NaN);
        return lexical.with(table, meaning);
    }

    private static Turn turn(int number) {
        return turn(number, text(number));
    }

    private static Turn turn(int number, String text) {
        var message = new Message(Role.USER, text, null, List.of(), null, List.of(), "{}");
        return new Turn(number, message, NOON.plusSeconds(number > 5 ? 5_400 : 0), 4);
    }

    private static String text(int number) {
        return switch (number) {
            case 2, 4 -> "we flew the kite";
            case 6 -> "an owl is here";
            default -> "nothing much was said";
        };
    }

    private static Excerpt excerpt(Turn turn) {
        return new Excerpt(
                turn.number(), Role.USER, null, turn.at(), turn.message().text());
    }
}
