package io.perpetua.application.memory;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.memory.QueryMemory.MemoryQuery;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.memory.Selection.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What remains of recall while the index is away, and that nobody waits for one that does not move. */
class IndexAwayTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final World world = new World();

    @BeforeEach
    void rebuildTheNewIndex() {
        world.index.catchUp();
    }

    @Test
    void search_indexAway_findsOldWordsInTheRecord() {
        world.say("c", talk(300));
        world.turnIndex.goAway();

        var search = world.recall.search(World.key("c"), world.get("c").path(), "the heron");
        var found = search.select(Limits.filling(301, 200));

        assertThat(search.degraded()).containsExactly("index");
        assertThat(found.matches().getFirst().turn().number()).isEqualTo(5);
        assertThat(found.matches().getFirst().semantic()).isNull();
        assertThat(found.tokens()).isLessThanOrEqualTo(200);
    }

    @Test
    void search_indexAway_findsWhatTheIndexWouldHaveFoundByWords() {
        world.say("c", talk(120));
        world.embedder.goAway();
        var path = world.get("c").path();
        var indexed =
                world.recall.search(World.key("c"), path, "number 7 heron").select(Limits.filling(121, 500));
        world.turnIndex.goAway();

        var recorded =
                world.recall.search(World.key("c"), path, "number 7 heron").select(Limits.filling(121, 500));

        assertThat(recorded.excerpts()).isEqualTo(indexed.excerpts()).isNotEmpty();
    }

    @Test
    void search_indexAway_readsTheLatestTurnsAlone() {
        world.say("c", talk(2_100));
        world.turnIndex.goAway();

        var search = world.recall.search(World.key("c"), world.get("c").path(), "heron number");
        var found = search.select(Limits.filling(2_101, 1_000_000));

        assertThat(found.excerpts())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.turn()).isGreaterThan(100));
        assertThat(found.matches())
                .noneSatisfy(each -> assertThat(each.turn().message().text()).contains("heron"));
    }

    @Test
    void search_indexAwayAndNothingSaid_isNothing() {
        world.turnIndex.goAway();

        var search = world.recall.search(World.key("c"), List.of(), "heron");

        assertThat(search.degraded()).containsExactly("index");
        assertThat(search.select(Limits.filling(1, 100)).excerpts()).isEmpty();
    }

    @Test
    void catchUpInTime_indexThatDoesNotMove_isLeftToItself() {
        var stuck = new CountDownLatch(1);
        var meddled = new MeddledIndex(world.turnIndex);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var index = new IndexTurns(world.stores.outbox(), meddled, world.embedder, threads, AT_ONCE);
            var memory = new QueryMemory(world.stores.conversations(), index, world.recall);
            var stored = world.store("c", List.of(user("the heron")));
            meddled.beforePut(() -> await(stuck));

            assertThat(index.catchUpInTime()).isFalse();
            assertThat(index.catchUpInTime()).isFalse();
            assertThat(index.awaitVectors(stored, Duration.ofDays(1))).isFalse();
            assertThat(memory.query(new MemoryQuery(World.key("c"), "heron", null, null, null))
                            .matches())
                    .isEmpty();

            stuck.countDown();
            index.catchUp();
            assertThat(memory.query(new MemoryQuery(World.key("c"), "heron", null, null, null))
                            .turns())
                    .containsExactly(1);
        }
    }

    @Test
    void catchUp_indexBack_hasEverythingOnceAndOwesNothing() {
        world.say("c", user("the heron"));
        world.index.settle();
        world.turnIndex.goAway();
        for (int i = 0; i < 5; i++) {
            world.say("c", user("again " + i), assistant("yes"));
        }
        assertThat(world.stores.outbox().depth()).isEqualTo(5);

        world.turnIndex.comeBack();
        world.index.catchUp();
        world.index.settle();

        var signals = world.turnIndex.search(World.SCOPE, world.get("c").path(), "again", null);
        assertThat(signals.table().numbers()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(world.stores.outbox().depth()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Message> talk(int turns) {
        var said = new ArrayList<Message>();
        for (int i = 1; i <= turns; i++) {
            said.add(
                    i == 5
                            ? user("A heron stood in the pond")
                            : i % 2 == 0 ? assistant("Number " + i) : user("number " + i));
        }
        return said;
    }
}
