package io.perpetua.application.memory;

import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.World;
import io.perpetua.application.conversation.Outbox;
import io.perpetua.application.memory.RebuildIndex.Result;
import io.perpetua.application.transfer.Archive;
import io.perpetua.domain.conversation.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebuildIndexTest {

    private static final List<String> BRANCHES = List.of("a", "b", "c", "d", "e", "f");

    /** Turns of each: a step takes in three of them. */
    private static final int EACH = 100;

    private static final int ALL = 600;

    private final World world = new World();
    private final List<Long> told = new ArrayList<>();
    private final List<Long> totals = new ArrayList<>();

    @BeforeEach
    void say() {
        world.index.catchUp();
        for (String branch : BRANCHES) {
            world.say(
                    branch,
                    IntStream.rangeClosed(1, EACH)
                            .mapToObj(i -> user("parcel" + i))
                            .toArray(Message[]::new));
        }
        world.index.settle();
    }

    @Test
    void run_nothingWaits_putsEverythingIn() {
        BRANCHES.forEach(branch -> world.turnIndex.erase(World.SCOPE, branch, 0));
        assertThat(found()).isZero();

        assertThat(rebuild().run(false)).isEqualTo(new Result(true, ALL));

        assertThat(found()).isEqualTo(BRANCHES.size());
        assertThat(outbox().depth()).isZero();
        assertThat(told).isSorted().last().isEqualTo((long) ALL);
        assertThat(totals).containsOnly((long) ALL);
    }

    @Test
    void run_damagedIndex_putsEverythingInOnce() {
        world.turnIndex.takeDamage();

        assertThat(rebuild().run(false)).isEqualTo(new Result(true, ALL));

        assertThat(world.turnIndex.needsRebuild()).isFalse();
        assertThat(found()).isEqualTo(BRANCHES.size());
    }

    @Test
    void run_brokenOff_goesOnWhereItWas() {
        breakOff();

        assertThat(rebuild().run(false)).isEqualTo(new Result(false, ALL / 2));

        assertThat(found()).isEqualTo(BRANCHES.size());
        assertThat(outbox().depth()).isZero();
    }

    @Test
    void run_brokenOff_isGoneOnWithByAServer() {
        breakOff();
        var server = indexing();

        server.catchUp();

        assertThat(outbox().depth()).as("nothing was put in again").isEqualTo(3);
        server.settle();
        assertThat(outbox().depth()).isZero();
        assertThat(found()).isEqualTo(BRANCHES.size());
    }

    @Test
    void run_fresh_beginsAnewWhateverWaits() {
        world.turnIndex.goAway();
        world.say("a", user("milk"));
        world.turnIndex.comeBack();
        assertThat(outbox().depth()).isEqualTo(1);

        assertThat(rebuild().run(true).anew()).isTrue();
        assertThat(told).last().isEqualTo(ALL + 2L); // what waited, and all of it again
    }

    @Test
    void run_embedderAway_keepsWhatIsLeft() {
        world.embedder.goAway();

        assertThatThrownBy(() -> rebuild().run(true)).isInstanceOf(EmbedderUnavailable.class);
        assertThat(outbox().depth()).isPositive();

        world.embedder.comeBack();
        assertThat(rebuild().run(false).anew()).isFalse();
        assertThat(outbox().depth()).isZero();
    }

    /** Breaks a rebuild off after its first step. */
    private void breakOff() {
        world.turnIndex.takeDamage();
        var broken = new RebuildIndex(outbox(), world.turnIndex, indexing(), archive(), (done, _) -> {
            throw new IllegalStateException("killed after " + done);
        });
        assertThatThrownBy(() -> broken.run(false)).hasMessage("killed after " + ALL / 2);
        world.turnIndex.goAway(); // what was not durable is lost
        world.turnIndex.comeBack();
        assertThat(outbox().depth()).isEqualTo(3);
        assertThat(found()).isEqualTo(3);
    }

    /** In how many conversations the last turn is found, and has a meaning. */
    private int found() {
        int found = 0;
        for (String branch : BRANCHES) {
            var signals = world.turnIndex.search(
                    World.SCOPE, world.get(branch).path(), "parcel" + EACH, world.embedder.embedQuery("parcel" + EACH));
            int last = signals.table().size() - 1;
            found += last >= EACH - 1 && signals.words()[EACH - 1] > 0 && !Float.isNaN(signals.meaning()[EACH - 1])
                    ? 1
                    : 0;
        }
        return found;
    }

    private RebuildIndex rebuild() {
        return new RebuildIndex(outbox(), world.turnIndex, indexing(), archive(), (done, total) -> {
            told.add(done);
            totals.add(total);
        });
    }

    /** As a process has it that has just started. */
    private IndexTurns indexing() {
        return new IndexTurns(outbox(), world.turnIndex, world.embedder, Runnable::run, Duration.ofMinutes(1));
    }

    private Archive archive() {
        return world.record.archive();
    }

    private Outbox outbox() {
        return world.stores.outbox();
    }
}
