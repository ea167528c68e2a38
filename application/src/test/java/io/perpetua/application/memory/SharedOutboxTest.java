package io.perpetua.application.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.World;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.conversation.Said;
import io.perpetua.application.spool.FlakyStore;
import io.perpetua.domain.conversation.PathSegment;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.TurnSignals;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances at one outbox and one index: {@code world.index} is one of them, {@code slow} the other. */
class SharedOutboxTest {

    private final World world = new World();
    private final MeddledIndex meddled = new MeddledIndex(world.turnIndex);
    private final IndexTurns slow =
            new IndexTurns(world.stores.outbox(), meddled, world.embedder, Runnable::run, Duration.ofMinutes(1));

    @BeforeEach
    void rebuildTheNewIndex() {
        world.index.catchUp();
    }

    @Test
    void put_afterAnErasureThatTheOtherTookIn_isTakenBack() {
        store("tea", "milk");
        var path = path();
        meddled.beforePut(this::eraseAndCatchUp);

        slow.catchUp();

        assertThat(search(path).table().size()).isZero();
    }

    @Test
    void vectors_afterAnErasureThatTheOtherTookIn_areTakenBack() {
        store("tea", "milk");
        var path = path();
        meddled.beforePut(() -> meddled.beforePut(this::eraseAndCatchUp));

        slow.catchUp();

        assertThat(search(path).table().size()).isZero();
        assertThat(slow.waiting()).isZero();
    }

    /** The record could not be looked at when they had been put. */
    @Test
    void vectors_afterAnErasureWithTheStoreAwayThen_areTakenBackWhenItIsThere() {
        var flaky = new FlakyStore(world.stores);
        var cut =
                new IndexTurns(flaky.stores().outbox(), meddled, world.embedder, Runnable::run, Duration.ofMinutes(1));
        store("tea", "milk");
        var path = path();
        meddled.beforePut(() -> meddled.beforePut(() -> {
            eraseAndCatchUp();
            flaky.is(FlakyStore.State.AWAY);
        }));
        cut.catchUp();
        assertThat(cut.waiting()).isEqualTo(2);

        flaky.is(FlakyStore.State.THERE);
        cut.catchUp();

        assertThat(search(path).table().size()).isZero();
        assertThat(cut.waiting()).isZero();
    }

    @Test
    void put_ofWhatWasErasedAndSaidAnew_leavesWhatTheRecordHolds() {
        store("tea", "milk", "jam");
        meddled.beforePut(() -> {
            eraseAndCatchUp();
            store("honey", "milk");
            world.index.catchUp();
        });

        slow.catchUp();

        var signals = search(path());
        assertThat(signals.table().numbers()).containsExactly(1, 2);
        assertThat(signals.words()[0]).as("tea").isZero();
        assertThat(signals.meaning()).doesNotContain(Float.NaN);
    }

    @Test
    void erase_afterTheSameNameBeganAnew_leavesTheNew() {
        store("tea", "milk");
        slow.catchUp();
        world.stores.conversations().erase(World.key("c"));
        meddled.beforeErase(() -> {
            world.index.catchUp();
            world.index.settle();
            store("tea", "jam", "honey");
            world.index.catchUp();
        });

        slow.catchUp();

        var signals = search(path());
        assertThat(signals.table().numbers()).containsExactly(1, 2, 3);
        assertThat(signals.words()[0]).isPositive();
        assertThat(signals.meaning()).doesNotContain(Float.NaN);
    }

    /** An instance that died has put turns that were erased; who takes its entry over finds none of them. */
    @Test
    void written_whoseTurnsAreGone_isErased() {
        store("tea", "milk");
        var path = path();
        world.turnIndex.put(List.of(
                new IndexedTurn(World.SCOPE, "c", world.turns("c").get(0), List.of()),
                new IndexedTurn(World.SCOPE, "c", world.turns("c").get(1), List.of())));
        world.stores.conversations().erase(World.key("c"));
        var left = new IndexTurns(
                new WithoutErasures(world.stores.outbox()),
                world.turnIndex,
                null,
                Runnable::run,
                Duration.ofMinutes(1));

        left.catchUp();

        assertThat(search(path).table().size()).isZero();
    }

    /** The entries that are left when another instance has taken in the erasures. */
    private record WithoutErasures(Outbox outbox) implements Outbox {

        @Override
        public List<Entry> pending(long after, int limit) {
            return outbox.pending(after, limit).stream()
                    .filter(entry -> entry instanceof Entry.Written)
                    .toList();
        }

        @Override
        public void forget(long through) {
            outbox.forget(through);
        }

        @Override
        public List<Turn> turns(Scope scope, String branch, int first, int last) {
            return outbox.turns(scope, branch, first, last);
        }

        @Override
        public long depth() {
            return outbox.depth();
        }

        @Override
        public void refill() {
            outbox.refill();
        }
    }

    private void eraseAndCatchUp() {
        world.stores.conversations().erase(World.key("c"));
        world.index.catchUp();
        world.index.settle();
    }

    private void store(String... texts) {
        world.store("c", Arrays.stream(texts).map(Said::user).toList());
    }

    private List<PathSegment> path() {
        return world.get("c").path();
    }

    private TurnSignals search(List<PathSegment> path) {
        return world.turnIndex.search(World.SCOPE, path, "tea", world.embedder.embedQuery("tea"));
    }
}
