package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.budget.Dropped;
import io.perpetua.domain.budget.Dropped.Reason;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.memory.Selection.Limits;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectionTest {

    private static final int LABEL = 5;

    @Test
    void of_enoughTokens_takesWhatStandsOut() {
        assertThat(select(letters(), "d", new Limits(100, 1, 0, 1000)).rows()).containsExactly(3);
    }

    @Test
    void of_window_bringsNeighboursInOrder() {
        assertThat(select(letters(), "d", new Limits(100, 1, 2, 1000)).rows()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void of_windowsThatMeet_mergeIntoOne() {
        var selection = select(letters(), "d f", new Limits(100, 2, 1, 1000));

        assertThat(selection.rows()).containsExactly(2, 3, 4, 5, 6);
        assertThat(selection.matches()).containsExactlyInAnyOrder(3, 5);
    }

    @Test
    void of_onlyTheBestBringNeighbours_othersComeAlone() {
        var talk = new Talk();
        for (String letter : "a b c d e f g h i j k l".split(" ", -1)) {
            talk.user(letter);
        }

        assertThat(select(talk, "b k", new Limits(100, 2, 1, 1, 1000)).rows()).hasSize(4);
        assertThat(select(talk, "b k", new Limits(100, 2, 1, 1000)).rows()).hasSize(6);
    }

    @Test
    void of_neighbourInAnotherSession_staysOut() {
        var talk = new Talk()
                .says("Ada", "a")
                .later(Duration.ofDays(1))
                .says("Ben", "b")
                .says("Ada", "c");

        assertThat(select(talk, "b", new Limits(100, 1, 1, 1000)).rows()).containsExactly(1, 2);
    }

    @Test
    void of_turnsFromTheLimitOn_areNoCandidates() {
        var selection = select(letters(), "d", new Limits(4, 1, 5, 1000));

        assertThat(selection.rows()).doesNotContain(3, 4, 5).isNotEmpty();
    }

    @Test
    void of_moreThanMatches_reportsOverCount() {
        var selection = select(letters(), "d", new Limits(100, 1, 0, 1000));

        assertThat(selection.matches()).containsExactly(3);
        assertThat(selection.dropped()).anySatisfy(dropped -> {
            assertThat(dropped.reason()).isEqualTo(Reason.OVER_COUNT);
            assertThat(dropped.turns()).isSorted().contains(5).doesNotContain(4);
        });
    }

    @Test
    void of_oneThatDoesNotFit_isReportedAndASmallerOneTaken() {
        var talk = new Talk()
                .says(Role.USER, "Ada", "x x x", 30)
                .later(Duration.ofDays(1))
                .says(Role.USER, "Ada", "x x", 30)
                .later(Duration.ofDays(1))
                .says(Role.USER, "Ada", "x y", 12)
                .later(Duration.ofDays(1))
                .says("Ada", "z");
        var selection = select(talk, "x", new Limits(100, 9, 0, 55));

        assertThat(selection.rows()).containsExactly(0, 2);
        assertThat(selection.dropped()).extracting(Dropped::reason).contains(Reason.OVER_BUDGET);
    }

    @Test
    void of_bestThatDoesNotFit_isClippedRatherThanNothing() {
        var talk = new Talk().says(Role.USER, "Ada", "x", 300);
        var selection = select(talk, "x", new Limits(100, 9, 0, 50));

        assertThat(selection.rows()).containsExactly(0);
        assertThat(selection.clipped()).containsEntry(0, 50 - LABEL);
    }

    @Test
    void of_leftOverTokens_showTheBestWhole() {
        var talk =
                new Talk().user("hello").assistant("x y z", 600).user("thanks").assistant("bye", 500);

        assertThat(select(talk, "x y z", new Limits(100, 9, 0, 5000)).clipped()).isEmpty();
        assertThat(select(talk, "x y z", new Limits(100, 9, 0, 300)).clipped()).containsKey(1);
    }

    @Test
    void of_floor_thinsButNeverEmpties() {
        var talk = letters();
        var selection = select(talk, "nothing of it", Limits.filling(100, 1000));

        assertThat(selection.rows()).isNotEmpty();
    }

    @Test
    void of_outstandingOnly_bringsWhatStandsOutAndLeavesTheRest() {
        var talk = new Talk();
        for (int i = 0; i < 60; i++) {
            talk.says(i % 2 == 0 ? "Ada" : "Ben", i == 20 || i == 40 ? "the red kite" : "a day like any other " + i);
        }
        var outstanding =
                select(talk, "kite", Limits.outstanding(100, 0, 10_000)).matches();
        var filling = select(talk, "kite", Limits.filling(100, 10_000)).matches();
        assertThat(outstanding.subList(0, 2)).containsExactlyInAnyOrder(20, 40);
        assertThat(outstanding).allMatch(row -> Math.min(Math.abs(row - 20), Math.abs(row - 40)) <= 8);
        assertThat(outstanding).hasSizeLessThan(filling.size() / 2);
    }

    @Test
    void of_outstandingOnly_nothingBearsOnIt_bringsTheBestAlone() {
        assertThat(select(letters(), "zebra", Limits.outstanding(100, 0, 1000)).matches())
                .hasSize(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void of_anyLimits_keepsThem(long seed) {
        var random = new Random(seed);
        var talk = new Talk();
        int turns = 1 + random.nextInt(120);
        for (int i = 0; i < turns; i++) {
            talk.says(
                    random.nextBoolean() ? Role.USER : Role.ASSISTANT,
                    null,
                    "w" + random.nextInt(12) + " w" + random.nextInt(12),
                    1 + random.nextInt(400));
        }
        var limits = new Limits(
                1 + random.nextInt(turns + 2),
                random.nextInt(20),
                random.nextInt(4),
                random.nextInt(4),
                random.nextInt(3000));
        var table = talk.table();
        var selection = select(talk, "w1 w2 w3", limits);

        int spent = selection.rows().stream()
                .mapToInt(row -> LABEL + selection.clipped().getOrDefault(row, table.tokens()[row]))
                .sum();
        assertThat(spent).isLessThanOrEqualTo(limits.tokens());
        assertThat(selection.matches())
                .hasSizeLessThanOrEqualTo(limits.matches())
                .doesNotHaveDuplicates();
        assertThat(selection.rows()).isSorted().doesNotHaveDuplicates().containsAll(selection.matches());
        assertThat(selection.rows()).allMatch(row -> table.numbers()[row] < limits.before());
        assertThat(selection.clipped())
                .allSatisfy((row, tokens) -> assertThat(tokens).isLessThan(table.tokens()[row]));
        for (Dropped dropped : selection.dropped()) {
            assertThat(dropped.turns())
                    .isSorted()
                    .noneMatch(number -> selection.rows().contains(number - 1));
        }
    }

    @Test
    void of_broad_hearsEverySessionBeforeItHearsOneOutShortlyAndWithoutNeighbours() {
        var talk = new Talk();
        for (int i = 0; i < 80; i++) {
            talk.says(Role.USER, null, i < 30 ? "reef survey" : "thanks", 200);
        }
        for (int session = 0; session < 5; session++) {
            talk.later(Duration.ofDays(1)).says(Role.USER, null, "the reef was bleached there that summer", 200);
            talk.says(Role.USER, null, "thanks", 200);
        }

        int tokens = 22 * (LABEL + 75);
        var deep = select(talk, "reef survey", Limits.filling(100, tokens));
        var broad = select(talk, "reef survey", Limits.broad(100, 100, tokens));

        assertThat(deep.rows()).allMatch(row -> row <= 30);
        assertThat(broad.rows()).contains(80, 82, 84, 86, 88).hasSize(22);
        assertThat(broad.clipped().values()).allMatch(shown -> shown <= 75);
    }

    @Test
    void of_broadInOneSession_isWhatTheRankingSays() {
        var talk = new Talk();
        for (int i = 0; i < 40; i++) {
            talk.says(Role.USER, null, i % 2 == 0 ? "reef survey" : "thanks", 20);
        }

        assertThat(select(talk, "reef", Limits.broad(100, 20, 5_000)).matches())
                .allMatch(row -> row % 2 == 0)
                .hasSize(20);
    }

    @Test
    void of_turnsShownElsewhere_areNotTaken() {
        assertThat(select(letters(), "d", new Limits(100, 2, 1, 1000).without(Set.of(4, 5)))
                        .rows())
                .isNotEmpty()
                .doesNotContain(3, 4);
    }

    private static Talk letters() {
        var talk = new Talk();
        for (String letter : "a b c d e f g h".split(" ", -1)) {
            talk.says(letter.compareTo("d") < 0 ? "Ada" : "Ben", letter);
        }
        return talk;
    }

    private static Selection select(Talk talk, String query, Limits limits) {
        var table = talk.table();
        var ranking = Ranker.rank(talk.asked(query), new Question(query, Talk.START));
        return Selection.of(ranking, limits, row -> table.tokens()[row] + LABEL);
    }
}
