package io.perpetua.application.memory;

import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.conversation.Dialogue;
import io.perpetua.application.conversation.StoreTurns;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.memory.TurnSignals;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link IndexTurns} makes up for vectors after the words. */
class IndexedVectorsTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final World world = new World();
    private final Background background = new Background();
    private final IndexTurns index =
            new IndexTurns(world.stores.outbox(), world.turnIndex, world.embedder, background, Duration.ofMinutes(1));

    private final List<String> passages = new ArrayList<>();

    @BeforeEach
    void rebuildTheNewIndex() {
        world.index.catchUp();
        world.embedder.listen(text -> {
            if (text.contains("\n")) {
                passages.add(text);
            }
        });
    }

    /** Runs what it is given when it is told to, and what that gives it at once. */
    private static final class Background implements Executor {

        private final Deque<Runnable> later = new ArrayDeque<>();
        private boolean running;

        @Override
        public void execute(Runnable task) {
            if (running) {
                task.run();
            } else {
                later.add(task);
            }
        }

        void run() {
            running = true;
            while (!later.isEmpty()) {
                later.remove().run();
            }
            running = false;
        }
    }

    @Test
    void catchUp_vectorsNotMadeYet_isFoundByWords() {
        store("c", "tea");

        index.catchUp();

        assertThat(search("c", "tea").words()[0]).isPositive();
        assertThat(search("c", "tea").meaning()[0]).isNaN();
        assertThat(index.waiting()).isEqualTo(1);
        index.settle();
        assertThat(world.stores.outbox().depth()).isEqualTo(1);

        background.run();
        index.settle();

        assertThat(search("c", "tea").meaning()[0]).isPositive();
        assertThat(index.waiting()).isZero();
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void vectors_thatTheIndexCannotTakeIn_holdUpNobodyAndAreCounted() {
        var choosy = new ChoosyIndex(world.turnIndex, "poison");
        var owing = new IndexTurns(world.stores.outbox(), choosy, world.embedder, background, Duration.ofMinutes(1));
        store("a", "poison");
        store("b", "tea");

        owing.catchUp();
        background.run();
        owing.settle();

        assertThat(search("b", "tea").meaning()[0]).isPositive();
        assertThat(search("a", "poison").words()[0]).isPositive();
        assertThat(owing.waiting()).isZero();
        assertThat(owing.refused()).isEqualTo(1);
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void vectors_thatTheIndexRefuses_keepNoOthersFromTheirs() {
        var owing = owing(refusing(false), world.embedder);
        store("a", "tea", "poison", "milk");

        owing.catchUp();
        background.run();
        owing.settle();

        assertThat(search("a", "poison").words()[1]).isPositive();
        assertThat(search("a", "tea").meaning()[1]).isNaN();
        assertThat(search("a", "tea").meaning()[0]).isPositive();
        assertThat(search("a", "milk").meaning()[2]).isPositive();
        assertThat(owing.waiting()).isZero();
        assertThat(owing.refused()).isEqualTo(1);
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void turn_thatTheIndexRefuses_isLeftOutAndCountedOnce() {
        var owing = owing(refusing(true), world.embedder);
        store("a", "tea", "poison", "milk");

        owing.catchUp();
        background.run();
        owing.settle();

        assertThat(search("a", "tea").table().numbers()).containsExactly(1, 3);
        assertThat(search("a", "tea").meaning()).doesNotContain(Float.NaN);
        assertThat(owing.refused()).isEqualTo(1);
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void turn_thatAnIndexOfWordsRefuses_isLeftOutAndCounted() {
        var owing = owing(refusing(true), null);
        store("a", "poison", "tea");

        owing.catchUp();
        owing.settle();

        assertThat(search("a", "tea").table().numbers()).containsExactly(2);
        assertThat(owing.refused()).isEqualTo(1);
        assertThat(world.stores.outbox().depth()).isZero();
    }

    private TurnIndex refusing(boolean wordsToo) {
        return new ChoosyIndex(
                world.turnIndex, "poison", wordsToo, () -> new IndexRefused(new IllegalStateException("too large")));
    }

    private IndexTurns owing(TurnIndex choosy, @Nullable Embedder embedder) {
        return new IndexTurns(world.stores.outbox(), choosy, embedder, background, Duration.ofMinutes(1));
    }

    @Test
    void catchUp_whileVectorsAreMade_waitsForNobody() {
        store("long", many("tea", 100));
        index.catchUp();
        world.embedder.listen(text -> {
            if (text.equals("tea 0")) {
                store("short", "milk");
                index.catchUp();
                assertThat(search("short", "milk").words()[0]).isPositive();
            }
        });

        background.run();

        assertThat(search("short", "milk").meaning()[0]).isPositive();
    }

    @Test
    void vectors_ofALongImport_doNotHoldUpThoseOfAnotherBranch() {
        var order = new ArrayList<String>();
        world.embedder.listen(order::add);
        store("long", many("tea", 200));
        store("other", many("jam", 200));
        store("short", "milk", "honey");

        index.catchUp();
        background.run();

        assertThat(order).contains("tea 199", "jam 199");
        assertThat(order.indexOf("honey")).isLessThan(60);
        assertThat(search("long", "tea").meaning()).hasSize(200).doesNotContain(Float.NaN);
    }

    @Test
    void passages_spanWhatWasStoredApart() {
        store("c", "tea", "milk", "honey", "jam");
        index.catchUp();
        background.run();
        store("c", "bread", "butter");

        index.catchUp();
        background.run();

        assertThat(passages).containsExactly("tea\nmilk\nhoney", "tea\nmilk\nhoney\njam\nbread\nbutter");
        assertThat(search("c", "butter").passage()).hasSize(6).doesNotContain(Float.NaN);
    }

    @Test
    void passages_ofAFork_holdWhatItInherited() {
        store("c", "tea", "milk", "honey", "jam");
        var fork = new Dialogue(World.key("fork"), false, null, world.get("c"), 2, List.of());
        world.store.store(fork, List.of(new StoreTurns.Dated(user("bread"), World.NOON.plusSeconds(9))), null);

        index.catchUp();
        background.run();

        assertThat(passages).containsExactly("tea\nmilk\nhoney", "tea\nmilk\nbread");
        float[] passage = search("fork", "bread").passage();
        assertThat(passage).hasSize(3).doesNotContain(Float.NaN);
        assertThat(passage[0]).isPositive();
    }

    @Test
    void passages_ofAForkWhoseSourceIsErased_areMadeAgainAsTheyWere() {
        store("c", "tea", "milk", "honey", "jam");
        var fork = new Dialogue(World.key("fork"), false, null, world.get("c"), 3, List.of());
        world.store.store(fork, List.of(new StoreTurns.Dated(user("bread"), World.NOON.plusSeconds(9))), null);
        world.stores.conversations().erase(World.key("c"));
        world.turnIndex.takeDamage();

        index.catchUp();
        background.run();

        assertThat(search("fork", "tea").passage()[0]).isPositive();
    }

    @Test
    void awaitVectors_ofOneConversation_waitsForNoOther() {
        store("short", "milk");
        store("long", many("tea", 100));
        index.catchUp();
        var answers = new ArrayList<Boolean>();
        assertThat(index.awaitVectors(world.get("short"), AT_ONCE)).isFalse();
        world.embedder.listen(text -> {
            if (text.equals("tea 50")) {
                answers.add(index.awaitVectors(world.get("short"), AT_ONCE));
                answers.add(index.awaitVectors(world.get("long"), AT_ONCE));
            }
        });

        background.run();

        assertThat(answers).containsExactly(true, false);
        assertThat(index.awaitVectors(world.get("long"), AT_ONCE)).isTrue();
    }

    @Test
    void awaitVectors_embedderAway_doesNotWait() {
        world.embedder.goAway();
        world.say("c", user("tea"));

        assertThat(world.index.awaitVectors(world.get("c"), Duration.ofDays(1))).isFalse();
    }

    @Test
    void awaitVectors_madeByAnotherThread_areThereWhenItReturns() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var concurrent = new IndexTurns(
                    world.stores.outbox(), world.turnIndex, world.embedder, threads, Duration.ofMinutes(1));
            store("c", many("tea", 100));
            concurrent.catchUp();

            assertThat(concurrent.awaitVectors(world.get("c"), Duration.ofDays(1)))
                    .isTrue();
        }
        assertThat(search("c", "tea").meaning()).hasSize(100).doesNotContain(Float.NaN);
    }

    @Test
    void vectors_ofABranchErasedMeanwhile_areNotPut() {
        store("c", "tea", "milk");
        var path = world.get("c").path();
        index.catchUp();
        world.embedder.listen(text -> {
            if (world.find("c") != null) {
                world.stores.conversations().erase(World.key("c"));
                index.catchUp();
            }
        });

        background.run();
        index.settle();

        assertThat(world.turnIndex
                        .search(World.SCOPE, path, "tea", null)
                        .table()
                        .size())
                .isZero();
        assertThat(index.waiting()).isZero();
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void vectors_refusedText_isLeftOutAndCounted() {
        world.embedder.refuse("poison");
        store("c", "milk", "poison tea", "jam");
        store("d", "poison");
        store("e", "honey");

        index.catchUp();
        background.run();
        index.settle();

        assertThat(search("c", "poison").words()[1]).isPositive();
        assertThat(search("c", "milk").meaning()[1]).isNaN();
        assertThat(search("c", "milk").meaning()[0]).isPositive();
        assertThat(search("e", "honey").meaning()[0]).isPositive();
        assertThat(index.refused()).isEqualTo(2);
        assertThat(index.waiting()).isZero();
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void vectors_embedderAway_refusesNothing() {
        world.embedder.goAway();
        store("c", "milk");
        index.catchUp();
        background.run();
        assertThat(index.refused()).isZero();
        assertThat(index.waiting()).isEqualTo(1);

        world.embedder.comeBack();
        index.settle();
        background.run();

        assertThat(search("c", "milk").meaning()[0]).isPositive();
    }

    @Test
    void vectors_indexLostWhatItHad_areMadeAgain() {
        store("c", many("tea", 40));
        index.catchUp();
        world.embedder.listen(text -> {
            if (text.equals("tea 20")) {
                world.turnIndex.goAway();
            }
        });
        background.run();
        assertThat(index.awaitVectors(world.get("c"), AT_ONCE)).isFalse();
        world.turnIndex.comeBack();
        world.embedder.listen(text -> {});

        index.catchUp();
        background.run();
        index.settle();

        assertThat(search("c", "tea").meaning()).hasSize(40).doesNotContain(Float.NaN);
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void stop_whileVectorsAreMade_leavesTheRestToTheOutbox() {
        store("c", many("tea", 40));
        index.catchUp();
        world.embedder.listen(text -> index.stop());

        background.run();
        index.settle();

        assertThat(search("c", "tea").meaning()).containsOnly(Float.NaN);
        assertThat(world.stores.outbox().depth()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void manyThreads_storingAndErasing_leaveWhatTheRecordHolds(long seed) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var concurrent = new IndexTurns(
                    world.stores.outbox(), world.turnIndex, world.embedder, threads, Duration.ofMinutes(1));
            var workers = IntStream.range(0, 6)
                    .mapToObj(worker -> threads.submit(() -> {
                        for (int step = 0; step < 20; step++) {
                            String id = "c" + worker + "-" + step;
                            store(id, many("tea", (int) (seed * (worker + step) % 40) + 1));
                            concurrent.catchUp();
                            if (step % 3 == 0) {
                                world.stores.conversations().erase(World.key(id));
                                concurrent.catchUp();
                                concurrent.settle();
                            } else {
                                assertThat(concurrent.awaitVectors(world.get(id), Duration.ofDays(1)))
                                        .isTrue();
                                assertThat(search(id, "tea").meaning()).doesNotContain(Float.NaN);
                            }
                        }
                    }))
                    .toList();
            for (var worker : workers) {
                worker.get();
            }
            concurrent.settle();
        }
        assertThat(world.stores.outbox().depth()).isZero();
    }

    private void store(String id, String... texts) {
        var messages = new ArrayList<Message>();
        for (String text : texts) {
            messages.add(user(text));
        }
        world.store(id, messages);
    }

    private static String[] many(String word, int count) {
        return IntStream.range(0, count).mapToObj(i -> word + " " + i).toArray(String[]::new);
    }

    private TurnSignals search(String id, String query) {
        return world.turnIndex.search(World.SCOPE, world.get(id).path(), query, embedded(query));
    }

    private float @Nullable [] embedded(String query) {
        return world.embedder.embedQuery(query);
    }
}
