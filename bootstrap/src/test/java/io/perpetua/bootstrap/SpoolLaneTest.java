package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.Health;
import io.perpetua.application.Health.Dependency;
import io.perpetua.application.World;
import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome.Appended;
import io.perpetua.application.conversation.InMemoryRecord;
import io.perpetua.application.conversation.Said;
import io.perpetua.application.conversation.Stores;
import io.perpetua.application.spool.FlakyStore;
import io.perpetua.application.spool.FlakyStore.State;
import io.perpetua.application.spool.InMemorySpool;
import io.perpetua.application.spool.SharedRecord;
import io.perpetua.application.spool.Spool;
import io.perpetua.domain.conversation.TurnRange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpoolLaneTest {

    private final Stores real = new InMemoryRecord().stores();
    private final FlakyStore store = new FlakyStore(real);

    @Test
    void start_storeComesBack_writesWhatWaits() throws InterruptedException {
        var spool = new InMemorySpool(1 << 20);
        var record = record(spool);
        store.is(State.AWAY);
        say(record, "said before the start");
        var lane = new SpoolLane(record, spool, store);
        lane.start();
        try {
            say(record, "said meanwhile");
            assertThat(real.conversations().find(World.key("a"))).isNull();

            store.is(State.THERE);
            ServerProcess.await("the spool to be empty", () -> spool.level().appends() == 0);
        } finally {
            lane.stop();
        }

        assertThat(real.conversations().turns(World.key("a"), List.of(new TurnRange(1, 9))))
                .extracting(turn -> turn.message().text())
                .containsExactly("said before the start", "said meanwhile");
    }

    @Test
    void stop_storeThere_writesWhatWaits() throws InterruptedException {
        var spool = new InMemorySpool(1 << 20);
        var record = record(spool);
        store.is(State.AWAY);
        say(record, "said before the stop");
        var lane = new SpoolLane(record, spool, store);
        store.is(State.THERE);

        lane.stop();

        assertThat(spool.level().appends()).isZero();
        assertThat(real.conversations().find(World.key("a"))).isNotNull();
    }

    @Test
    void stop_storeAway_leavesWhatWaits() throws InterruptedException {
        var spool = new InMemorySpool(1 << 20);
        var record = record(spool);
        store.is(State.AWAY);
        say(record, "said before the stop");

        new SpoolLane(record, spool, store).stop();

        assertThat(spool.level().appends()).isEqualTo(1);
    }

    @Test
    void health_spoolWithRoomAndWithout_isUpAndDown() {
        var spool = new InMemorySpool(200);
        var health = new Health(List.of(DependenciesHealth.room(spool)), System::nanoTime, Duration.ZERO);
        var record = record(spool);
        store.is(State.AWAY);
        assertThat(health.check()).singleElement().matches(Dependency::up).matches(Dependency::needed);

        int wire = Said.user("x").wire().length();
        say(record, "x".repeat(200 - wire + 1));

        assertThat(health.check()).singleElement().matches(each -> !each.up());
        assertThat(health.check().getFirst().detail())
                .isEqualTo("1 appends wait for the store, 200 of 200 bytes are taken");
    }

    private SharedRecord record(Spool spool) {
        var stores = store.stores();
        return new SharedRecord(
                stores.conversations(), stores.anchors(), stores.briefs(), spool, store, () -> "new", 1 << 20);
    }

    private static void say(SharedRecord record, String text) {
        var turn = new NewTurn(Said.user(text), World.NOON, 1, List.of());
        var append = new Append(World.key("a"), null, null, Append.WHATEVER, List.of(turn), null, text);
        assertThat(record.conversations().append(append)).isInstanceOf(Appended.class);
    }
}
