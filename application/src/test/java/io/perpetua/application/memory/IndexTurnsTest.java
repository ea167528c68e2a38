package io.perpetua.application.memory;

import static io.perpetua.application.conversation.Said.assistant;
import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.World;
import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.memory.TurnSignals;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IndexTurnsTest {

    private final World world = new World();

    @BeforeEach
    void rebuildTheNewIndex() {
        world.index.catchUp();
    }

    @Test
    void catchUp_whatWasStored_isFoundByWordsAndMeaning() {
        world.say("c", user("tea"), assistant("coffee"));

        var signals = search("c", "tea");

        assertThat(signals.table().numbers()).containsExactly(1, 2);
        assertThat(signals.words()[0]).isPositive();
        assertThat(signals.meaning()[0]).isGreaterThan(signals.meaning()[1]);
        assertThat(world.index.waiting()).isZero();
    }

    @Test
    void catchUp_speakersName_isPartOfWhatIsEmbedded() {
        var plain = user("tea");
        world.say("c", new Message(plain.role(), "tea", "ana", List.of(), null, List.of(), plain.wire()), user("tea"));

        var meaning = search("c", "ana tea").meaning();

        assertThat(meaning[0]).isGreaterThan(meaning[1]);
    }

    @Test
    void settle_whatTheIndexHolds_isForgotten() {
        world.say("c", user("tea"));
        assertThat(world.stores.outbox().depth()).isEqualTo(1);

        world.index.settle();
        world.index.settle();

        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void settle_nothingTaken_forgetsNothing() {
        world.turnIndex.goAway();
        world.say("c", user("tea"));
        world.turnIndex.comeBack();

        world.index.settle();

        assertThat(world.stores.outbox().depth()).isEqualTo(1);
    }

    @Test
    void catchUp_twice_changesNothing() {
        world.say("c", user("tea"));
        world.index.catchUp();

        assertThat(search("c", "tea").table().size()).isEqualTo(1);
    }

    @Test
    void catchUp_embedderDown_hasWordsAtOnceAndVectorsLater() {
        world.embedder.goAway();
        world.say("c", user("tea"));
        world.say("d", user("milk"));
        assertThat(search("c", null, "tea").words()[0]).isPositive();
        assertThat(world.index.waiting()).isEqualTo(2);

        world.index.settle();
        assertThat(world.stores.outbox().depth()).isEqualTo(2);
        assertThat(world.index.waiting()).isEqualTo(2);

        world.embedder.comeBack();
        world.index.settle();
        world.say("e", user("jam"));
        world.index.settle();

        assertThat(search("c", "tea").meaning()[0]).isPositive();
        assertThat(search("d", "milk").meaning()[0]).isPositive();
        assertThat(search("e", "jam").meaning()[0]).isPositive();
        assertThat(world.index.waiting()).isZero();
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void settle_embedderStillDown_makesErasuresDurable() {
        world.say("c", user("tea"));
        world.index.settle();
        world.embedder.goAway();
        world.say("d", user("milk"));
        var path = world.get("c").path();
        world.stores.conversations().erase(World.key("c"));

        world.index.catchUp();
        world.index.settle();
        world.turnIndex.goAway(); // what was not flushed is lost
        world.turnIndex.comeBack();

        assertThat(world.turnIndex
                        .search(World.SCOPE, path, "tea", null)
                        .table()
                        .size())
                .isZero();
    }

    @Test
    void settle_embedderBackAfterAnErasure_doesNotBringBackWhatWasErased() {
        world.embedder.goAway();
        world.say("c", user("tea"));
        var path = world.get("c").path();
        world.stores.conversations().erase(World.key("c"));
        world.index.catchUp();
        world.embedder.comeBack();

        world.index.settle();

        assertThat(world.turnIndex
                        .search(World.SCOPE, path, "tea", null)
                        .table()
                        .size())
                .isZero();
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void catchUp_indexDown_keepsWhatItIsOwed() {
        world.turnIndex.goAway();
        world.say("c", user("tea"));

        assertThatThrownBy(world.index::catchUp).isInstanceOf(IndexUnavailable.class);
        assertThat(world.index.catchUpIfPossible()).isFalse();

        world.turnIndex.comeBack();
        assertThat(world.index.catchUpIfPossible()).isTrue();
        assertThat(search("c", "tea").table().size()).isEqualTo(1);
    }

    @Test
    void settle_indexLostWhatWasNotFlushed_givesItAgain() {
        world.say("c", user("tea"));
        world.index.settle();
        world.say("c", user("milk"));
        world.turnIndex.goAway();
        assertThatThrownBy(world.index::settle).isInstanceOf(IndexUnavailable.class);
        world.turnIndex.comeBack();

        world.index.settle();
        assertThat(world.stores.outbox().depth()).isEqualTo(1);
        world.index.catchUp();
        world.index.settle();

        assertThat(search("c", "milk").table().numbers()).containsExactly(1, 2);
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void catchUp_crashBetweenPutAndSettle_losesNothing() {
        world.say("c", user("tea"));
        world.turnIndex.goAway(); // the new process finds what was flushed: nothing
        world.turnIndex.comeBack();

        var restarted = new IndexTurns(
                world.stores.outbox(), world.turnIndex, world.embedder, Runnable::run, Duration.ofMinutes(1));
        restarted.catchUp();
        restarted.settle();

        assertThat(search("c", "tea").table().size()).isEqualTo(1);
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void catchUp_indexAsksToBeRebuilt_isGivenEverything() {
        world.say("c", user("tea"));
        world.say("d", user("milk"));
        world.index.settle();
        world.embedder.goAway();
        world.say("d", user("jam"));
        world.embedder.comeBack();
        world.turnIndex.takeDamage();

        world.index.catchUp();

        assertThat(search("c", "tea").table().size()).isEqualTo(1);
        assertThat(search("d", "milk").table().size()).isEqualTo(2);
        assertThat(world.turnIndex.needsRebuild()).isFalse();
        world.index.settle();
        assertThat(world.stores.outbox().depth()).isZero();
    }

    @Test
    void catchUp_withoutEmbedder_hasWords() {
        var words = new IndexTurns(world.stores.outbox(), world.turnIndex, null, Runnable::run, Duration.ofMinutes(1));
        world.embedder.goAway();
        world.say("c", user("tea"));

        words.catchUp();
        words.settle();

        assertThat(world.stores.outbox().depth()).isZero();
        assertThat(words.waiting()).isZero();
    }

    private TurnSignals search(String id, String query) {
        return search(id, world.embedder.embedQuery(query), query);
    }

    private TurnSignals search(String id, float @Nullable [] vector, String query) {
        return world.turnIndex.search(World.SCOPE, world.get(id).path(), query, vector);
    }
}
