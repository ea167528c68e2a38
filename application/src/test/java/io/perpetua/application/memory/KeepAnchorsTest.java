package io.perpetua.application.memory;

import static io.perpetua.application.conversation.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.RequestRefused;
import io.perpetua.application.World;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.KeptAnchors;
import io.perpetua.domain.memory.KeptAnchors.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepAnchorsTest {

    private final World world = new World();
    private final KeepAnchors anchors =
            new KeepAnchors(world.stores.conversations(), world.stores.anchors(), world.newIds, world.clock);

    @Test
    void pin_text_isListedTheOldestFirst() {
        world.say("c", user("x"));

        var first = anchors.pin(World.key("c"), "Answer in French.", "style", 2);
        anchors.pin(World.key("c"), "Be brief.", null, 0);

        assertThat(first.tag()).isEqualTo("style");
        assertThat(first.priority()).isEqualTo(2);
        assertThat(anchors.list(World.key("c")))
                .extracting(standing -> standing.anchor().text())
                .containsExactly("Answer in French.", "Be brief.");
    }

    @Test
    void pin_sameTextAgain_changesNothing() {
        world.say("c", user("x"));
        var first = anchors.pin(World.key("c"), "Be brief.", null, 0);

        assertThat(anchors.pin(World.key("c"), "Be brief.", null, 0)).isEqualTo(first);
        assertThat(anchors.list(World.key("c"))).containsExactly(new Standing(first, List.of()));
    }

    @Test
    void pin_instructionThatReplacedAnother_leavesItAlone() {
        world.say("c", user("Always answer in German."), user("From now on, answer in French."));

        var pinned = anchors.pin(World.key("c"), "From now on, answer in French.", null, 0);

        assertThat(pinned.subject()).isEqualTo("language");
        assertThat(anchors.list(World.key("c"))).extracting(Standing::anchor).containsExactly(pinned);
    }

    @Test
    void pin_insteadOfAnInstruction_staysAlsoWhenItIsSaid() {
        world.say("c", user("Always answer in German."));
        var pinned = anchors.pin(World.key("c"), "From now on, answer in French.", null, 0);
        world.say("c", user("From now on, answer in French."));

        assertThat(anchors.list(World.key("c"))).extracting(Standing::anchor).containsExactly(pinned);
    }

    @Test
    void pin_inAConversation_knowsHowLongThatIs() {
        world.say("c", user("x"), user("y"));

        assertThat(anchors.pin(World.key("c"), "Be brief.", null, 0).turn()).isEqualTo(2);
        assertThat(anchors.pin(World.key("c"), "Be kind.", null, 0).detectedIn())
                .isZero();
    }

    @Test
    void pin_moreThanAreKept_isRefused() {
        world.say("c", user("x"));
        for (int i = 0; i < KeptAnchors.MOST_PINNED; i++) {
            anchors.pin(World.key("c"), "Rule " + i, null, 0);
        }

        assertThatThrownBy(() -> anchors.pin(World.key("c"), "One more.", null, 0))
                .isInstanceOfSatisfying(RequestRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(RequestRefused.Reason.CONFLICT);
                    assertThat(refused.code()).isEqualTo("too_many_anchors");
                })
                .hasMessageContaining("256");
    }

    @Test
    void list_replacedAnchors_explainTheOneThatHolds() {
        world.say("c", user("Call me Sam."), user("Actually, my name is Alex."));

        var standing = anchors.list(World.key("c"));

        assertThat(standing).extracting(each -> each.anchor().turn()).containsExactly(2);
        assertThat(standing.getFirst().replaced()).extracting(Anchor::text).containsExactly("Call me Sam.");
    }

    @Test
    void remove_anchor_isGone() {
        world.say("c", user("x"));
        var anchor = anchors.pin(World.key("c"), "Be brief.", null, 0);

        anchors.remove(World.key("c"), anchor.id());

        assertThat(anchors.list(World.key("c"))).isEmpty();
        assertThatThrownBy(() -> anchors.remove(World.key("c"), anchor.id()))
                .isInstanceOfSatisfying(
                        RequestRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("anchor_not_found"));
    }

    @Test
    void anything_unknownConversation_isNotFound() {
        var nowhere = World.key("nowhere");
        assertThatThrownBy(() -> anchors.list(nowhere)).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> anchors.pin(nowhere, "x", null, 0)).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> anchors.remove(nowhere, "x")).isInstanceOf(RequestRefused.class);
    }
}
