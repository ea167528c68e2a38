package io.perpetua.application.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.TurnSignals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link TurnIndex} owes its callers. Subclass once per adapter; the index need not be empty, since each test
 * has a scope of its own. Words are such as no analysis changes.
 */
public abstract class TurnIndexContract {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int EVERYTHING = 1_000_000;

    private final Scope scope = new Scope("contract-" + UUID.randomUUID(), "default");
    private final Scope elsewhere = new Scope(scope.tenant(), "other");

    /** The index under test; every call returns the same contents. */
    protected abstract TurnIndex index();

    @Test
    void search_unknownPath_isEmpty() {
        TurnSignals found = search("nobody", "anything", new float[] {1, 0});

        assertThat(found.table().size()).isZero();
        assertThat(found.terms()).isEmpty();
        assertThat(found.meaning()).isEmpty();
    }

    @Test
    void search_noSegments_isEmpty() {
        assertThat(index().search(scope, List.of(), "anything", null).table().size())
                .isZero();
    }

    @Test
    void search_afterPut_knowsEachTurn() {
        index().put(List.of(
                indexed("a", turn(1, Role.USER, "Mira", "harbour lantern", NOON)),
                indexed("a", turn(2, Role.ASSISTANT, null, "quiet", NOON.plusSeconds(60)))));

        var table = search("a", "", null).table();

        assertThat(table.numbers()).containsExactly(1, 2);
        assertThat(table.roles()).containsExactly(Role.USER, Role.ASSISTANT);
        assertThat(table.names()).containsExactly("Mira", null);
        assertThat(table.at()).containsExactly(NOON.getEpochSecond(), NOON.getEpochSecond() + 60);
        assertThat(table.tokens()).containsExactly(101, 102);
        assertThat(table.lengths()).containsExactly(3, 1);
    }

    @Test
    void search_pausesOfMoreThanAnHour_beginSessions() {
        index().put(List.of(
                indexed("a", turn(1, "one", NOON)),
                indexed("a", turn(2, "two", NOON.plusSeconds(3600))),
                indexed("a", turn(3, "three", NOON.plusSeconds(7201)))));

        assertThat(search("a", "", null).table().sessions()).containsExactly(0, 0, 1);
    }

    @Test
    void search_words_scoreTheTurnsThatHaveThem() {
        say("a", "harbour lantern", "lantern lantern harbour", "meadow", "meadow");

        TurnSignals found = search("a", "Lantern?", null);

        assertThat(found.words()[0]).isPositive();
        assertThat(found.words()[1]).isGreaterThan(found.words()[0]);
        assertThat(found.words()[2]).isZero();
        assertThat(found.terms()).hasSize(1);
        assertThat(found.matched()).containsExactly(1L, 1L, 0L, 0L);
    }

    @Test
    void search_words_areScoredByTheFormula() {
        say("a", "harbour lantern", "meadow");

        double length = 1.2 * (0.25 + 0.75 * 2 / 1.5);
        assertThat(search("a", "lantern lantern", null).words()[0])
                .isCloseTo(2 * Math.log(1 + 1.5 / 1.5) * 2.2 / (1 + length), within(1e-9));
    }

    @Test
    void search_context_reachesTwoTurnsWithinTheSession() {
        say("a", "meadow", "meadow", "lantern", "meadow", "meadow", "meadow");
        index().put(List.of(
                indexed("b", turn(1, "lantern", NOON)), indexed("b", turn(2, "meadow", NOON.plusSeconds(9999)))));

        double[] near = search("a", "lantern", null).context();
        double[] apart = search("b", "lantern", null).context();

        assertThat(near[2]).isGreaterThan(near[0]);
        assertThat(near[0]).isPositive();
        assertThat(near[1]).isPositive();
        assertThat(near[4]).isPositive();
        assertThat(near[5]).isZero();
        assertThat(apart[0]).isPositive();
        assertThat(apart[1]).isZero();
    }

    @Test
    void search_speakerName_isAWordOfTheTurn() {
        index().put(List.of(
                indexed("a", turn(1, Role.USER, "Mira", "meadow", NOON)), indexed("a", turn(2, "meadow", NOON))));

        double[] words = search("a", "mira", null).words();

        assertThat(words[0]).isPositive();
        assertThat(words[1]).isZero();
    }

    @Test
    void search_vectors_giveTheBestCosineWithTheTellingQuery() {
        index().put(List.of(
                indexed("a", turn(1, "one", NOON), new float[] {0, 3}, new float[] {2, 2}),
                indexed("a", turn(2, "two", NOON), new float[] {-1, 0}),
                indexed("a", turn(3, "three", NOON)),
                indexed("a", turn(4, "four", NOON), new float[] {0, 0}),
                indexed("a", turn(5, "five", NOON), new float[] {1, 0, 0})));

        float[] meaning = search("a", "", new float[] {5, 0}).meaning();

        // The mean of the four is (-0.073, 0.427), so the telling query is (1, 0) - (-0.037, 0.213).
        assertThat(meaning[0]).isCloseTo(0.55f, within(0.01f));
        assertThat(meaning[1]).isCloseTo(-0.98f, within(0.01f));
        assertThat(meaning[2]).isNaN();
        assertThat(meaning[3]).isZero();
        assertThat(meaning[4]).isNaN();
    }

    @Test
    void search_passages_speakForTheTurnsTheyHold() {
        List<IndexedTurn> turns = new ArrayList<>();
        for (int n = 1; n <= 8; n++) {
            List<float[]> passage =
                    n == 3 ? List.of(new float[] {4, 0}) : n == 6 ? List.of(new float[] {0, 1}) : List.of();
            turns.add(new IndexedTurn(scope, "a", turn(n, "one", NOON), List.of(), passage));
        }
        index().put(turns);

        float[] passage = search("a", "", new float[] {1, 0}).passage();

        assertThat(passage)
                .containsExactly(new float[] {0.5f, 0.5f, 0.5f, 0, 0, 0, Float.NaN, Float.NaN}, within(0.01f));
    }

    @Test
    void search_noQueryVector_leavesMeaningUnknown() {
        index().put(List.of(indexed("a", turn(1, "one", NOON), new float[] {1, 0})));

        assertThat(search("a", "one", null).meaning()).containsExactly(Float.NaN);
    }

    @Test
    void search_betweenPuts_seesEachAtOnce() {
        for (int n = 1; n <= 20; n++) {
            index().put(List.of(indexed("a", turn(n, "lantern", NOON), new float[] {n, 1})));

            TurnSignals found = search("a", "lantern", new float[] {1, 0});

            assertThat(found.words()).hasSize(n).doesNotContain(0);
            assertThat(found.meaning()).hasSize(n).doesNotContain(Float.NaN);
        }
    }

    @Test
    void search_path_seesItsStretchesAlone() {
        say("trunk", "lantern", "meadow", "lantern");
        index().put(List.of(indexed("fork", turn(3, "harbour", NOON)), indexed("fork", turn(4, "lantern", NOON))));

        var path = List.of(new PathSegment("trunk", 1, 2), new PathSegment("fork", 3, 4));
        TurnSignals found = index().search(scope, path, "lantern harbour", null);

        assertThat(found.table().numbers()).containsExactly(1, 2, 3, 4);
        assertThat(found.words()[0]).isPositive();
        assertThat(found.words()[1]).isZero();
        assertThat(found.words()[2]).isGreaterThan(found.words()[0]);
        assertThat(found.words()[3]).isEqualTo(found.words()[0]);
    }

    @Test
    void search_branchOfAnotherScope_isNotSeen() {
        index().put(List.of(new IndexedTurn(elsewhere, "a", turn(1, "lantern", NOON), List.of())));

        assertThat(search("a", "lantern", null).table().size()).isZero();
    }

    @Test
    void put_again_replaces() {
        say("a", "lantern", "lantern", "lantern");
        search("a", "lantern", null);

        index().put(List.of(indexed("a", turn(2, "meadow", NOON), new float[] {1, 0})));
        index().put(List.of(indexed("a", turn(2, "meadow", NOON), new float[] {1, 0})));

        TurnSignals found = search("a", "lantern", new float[] {1, 0});
        assertThat(found.table().numbers()).containsExactly(1, 2, 3);
        assertThat(found.words()[1]).isZero();
        assertThat(found.words()[2]).isPositive();
        assertThat(found.meaning()[1]).isCloseTo(1f, within(0.01f));
    }

    @Test
    void put_outOfOrder_comesBackInOrder() {
        for (int n : new int[] {5, 2, 9, 1}) {
            index().put(List.of(indexed("a", turn(n, "lantern", NOON))));
            search("a", "lantern", null);
        }

        TurnSignals found = search("a", "lantern", null);
        assertThat(found.table().numbers()).containsExactly(1, 2, 5, 9);
        assertThat(found.words()).doesNotContain(0);
    }

    @Test
    void put_oddMessages_areTakenIn() {
        String data = "iVBORw0KGgo".repeat(10_000);
        index().put(List.of(
                indexed("a", turn(1, "", NOON)),
                indexed("a", turn(2, data, NOON)),
                indexed("a", turn(3, "lantern \ud800 \u0000 \uffff", NOON)),
                indexed("a", turn(4, Role.USER, "n".repeat(100_000), "harbour", NOON))));

        TurnSignals found = search("a", "lantern harbour " + data, null);

        assertThat(found.table().numbers()).containsExactly(1, 2, 3, 4);
        assertThat(found.words()[0]).isZero();
        assertThat(found.words()[1]).isPositive();
        assertThat(found.words()[2]).isPositive();
        assertThat(found.words()[3]).isPositive();
    }

    @Test
    void search_otherConversationsGrow_noBitChanges() {
        say("a", "lantern harbour", "meadow lantern lantern", "harbour", "meadow");
        TurnSignals before = search("a", "lantern harbour meadow", new float[] {1, 0});

        List<IndexedTurn> others = new ArrayList<>();
        for (int n = 1; n <= 10_000; n++) {
            others.add(new IndexedTurn(
                    n % 2 == 0 ? scope : elsewhere,
                    n % 3 == 0 ? "a0" : "Z",
                    turn(n, "lantern lantern meadow", NOON),
                    List.of()));
        }
        index().put(others);
        TurnSignals after = search("a", "lantern harbour meadow", new float[] {1, 0});

        assertThat(after.words()).containsExactly(before.words());
        assertThat(after.context()).containsExactly(before.context());
    }

    @Test
    void erase_allOfABranch_leavesTheOthers() {
        say("a", "lantern", "lantern");
        say("b", "lantern");

        index().erase(scope, "a", 0);

        assertThat(search("a", "lantern", null).table().size()).isZero();
        assertThat(search("b", "lantern", null).words()[0]).isPositive();
    }

    @Test
    void erase_afterATurn_keepsWhatComesBefore() {
        say("a", "lantern", "lantern", "lantern");
        search("a", "lantern", null);

        index().erase(scope, "a", 1);
        assertThat(search("a", "lantern", null).table().numbers()).containsExactly(1);

        index().put(List.of(indexed("a", turn(2, "meadow", NOON))));
        TurnSignals found = search("a", "lantern", null);
        assertThat(found.table().numbers()).containsExactly(1, 2);
        assertThat(found.words()[1]).isZero();
    }

    @Test
    void erase_unknownBranch_changesNothing() {
        say("a", "lantern");

        index().erase(scope, "b", 0);
        index().flush();

        assertThat(search("a", "lantern", null).words()[0]).isPositive();
    }

    @Test
    void flush_afterErase_keepsTheRest() {
        say("a", "lantern", "harbour");
        say("b", "lantern");
        index().flush();

        index().erase(scope, "b", 0);
        index().flush();

        assertThat(search("a", "lantern harbour", null).words()).hasSize(2).doesNotContain(0);
        assertThat(search("b", "lantern", null).table().size()).isZero();
    }

    @Test
    void rebuilding_ofAnIndexThatNeedsIt_isNoted() {
        index().rebuilding();

        assertThat(index().needsRebuild()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void manyThreads_eachOnABranchOfItsOwn_seeWhatTheyDid(long seed) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(w -> () -> work("w" + w, seed * 100 + w))
                    .toList();
            for (var done : threads.invokeAll(workers)) {
                assertThat(done.get()).isNotNegative();
            }
        }
    }

    /** Puts, searches, erases and flushes at random; after each search checks that the branch is what it should be. */
    private int work(String branch, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int turns = 0;
        for (int step = 0; step < 60; step++) {
            int dice = random.nextInt(10);
            if (dice < 5) {
                turns++;
                index().put(List.of(indexed(branch, turn(turns, "lantern " + branch, NOON), new float[] {1, turns})));
            } else if (dice < 8) {
                TurnSignals found = search(branch, "lantern", new float[] {1, 1});
                assertThat(found.table().size()).isEqualTo(turns);
                assertThat(found.words()).hasSize(turns).doesNotContain(0);
                assertThat(found.meaning()).doesNotContain(Float.NaN);
            } else if (dice < 9) {
                turns = random.nextInt(turns + 1);
                index().erase(scope, branch, turns);
            } else {
                index().flush();
            }
        }
        return turns;
    }

    private TurnSignals search(String branch, String query, float @Nullable [] vector) {
        return index().search(scope, List.of(new PathSegment(branch, 1, EVERYTHING)), query, vector);
    }

    private void say(String branch, String... texts) {
        List<IndexedTurn> turns = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            turns.add(indexed(branch, turn(i + 1, texts[i], NOON)));
        }
        index().put(turns);
    }

    private IndexedTurn indexed(String branch, Turn turn, float[]... vectors) {
        return new IndexedTurn(scope, branch, turn, List.of(vectors));
    }

    private static Turn turn(int number, String text, Instant at) {
        return turn(number, Role.USER, null, text, at);
    }

    private static Turn turn(int number, Role role, @Nullable String name, String text, Instant at) {
        return new Turn(number, new Message(role, text, name, List.of(), null, List.of(), "{}"), at, 100 + number);
    }
}
