package io.perpetua.application.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.RecordContract;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Anchors} owes its callers. */
public abstract class AnchorsContract extends RecordContract {

    private static final Instant LATER = NOON.plusSeconds(60);

    @BeforeEach
    void conversation() {
        say(key, "a", "b", "c");
    }

    @Test
    void of_unknownConversation_isEmpty() {
        assertThat(anchors().of(key("none"))).isEmpty();
    }

    @Test
    void put_unknownConversation_keepsNothing() {
        assertThat(anchors().put(key("none"), pinned("1", "Be brief."))).isNull();

        say(key("none"), "a");
        assertThat(anchors().of(key("none"))).isEmpty();
    }

    @Test
    void put_anchors_comeBackWholeTheOldestFirst() {
        var late = new Anchor("l", "Zürich's \"best\" 🍫", "tag", -3, Origin.DETECTED, 2, "sweets", LATER);
        var early = pinned("e", "Be brief.");

        assertThat(anchors().put(key, late)).isEqualTo(late);
        assertThat(anchors().put(key, early)).isEqualTo(early);

        assertThat(anchors().of(key)).containsExactly(early, late);
    }

    @Test
    void put_sameId_replaces() {
        anchors().put(key, pinned("1", "Be brief."));
        var other = pinned("1", "Be verbose.");

        assertThat(anchors().put(key, other)).isEqualTo(other);
        assertThat(anchors().of(key)).containsExactly(other);
    }

    @Test
    void put_sameText_changesNothing() {
        var first = detected("1", "Be brief.", "style", NOON);
        anchors().put(key, first);

        assertThat(anchors().put(key, detected("2", "Be brief.", "style", LATER)))
                .isEqualTo(first);
        assertThat(anchors().put(key, pinned("3", "Be brief."))).isEqualTo(first);
        assertThat(anchors().of(key)).containsExactly(first);
    }

    @Test
    void put_sameTextAsAnother_leavesTheOneOfItsIdAlone() {
        var first = pinned("1", "Be brief.");
        var second = pinned("2", "Be kind.");
        anchors().put(key, first);
        anchors().put(key, second);

        assertThat(anchors().put(key, pinned("2", "Be brief."))).isEqualTo(first);
        assertThat(anchors().of(key)).containsExactly(first, second);
    }

    @Test
    void put_detectedOnTheSameSubject_theNewerWins() {
        anchors().put(key, detected("1", "They live in Bergen.", "home", NOON));
        var newer = detected("2", "They live in Oslo.", "home", LATER);

        assertThat(anchors().put(key, newer)).isEqualTo(newer);
        assertThat(anchors().put(key, detected("3", "They live in Narvik.", "home", NOON)))
                .isEqualTo(newer);
        assertThat(anchors().of(key)).containsExactly(newer);
    }

    @Test
    void put_pinnedOrAnotherSubject_replacesNothing() {
        var detected = detected("1", "They live in Bergen.", "home", NOON);
        var pinned = new Anchor("2", "They live in Oslo.", null, 0, Origin.PINNED, 0, "home", NOON);
        var other = detected("3", "They like fish.", "food", NOON);
        var none = detected("4", "They write Java.", null, NOON);
        var neither = detected("5", "They write Kotlin.", null, NOON);

        for (var anchor : new Anchor[] {detected, pinned, other, none, neither}) {
            assertThat(anchors().put(key, anchor)).isEqualTo(anchor);
        }

        assertThat(anchors().of(key)).containsExactlyInAnyOrder(detected, pinned, other, none, neither);
    }

    @Test
    void remove_anchor_isGoneOnce() {
        anchors().put(key, pinned("1", "Be brief."));

        assertThat(anchors().remove(key, "2")).isFalse();
        assertThat(anchors().remove(key("none"), "1")).isFalse();
        assertThat(anchors().remove(key, "1")).isTrue();
        assertThat(anchors().remove(key, "1")).isFalse();
        assertThat(anchors().of(key)).isEmpty();
    }

    @Test
    void of_sameIdInOtherScope_isAnotherConversation() {
        var other = new ConversationKey(new Scope(scope.tenant(), "other"), key.id());
        say(other, "a");
        anchors().put(key, pinned("1", "Be brief."));

        assertThat(anchors().of(other)).isEmpty();
        assertThat(anchors().remove(other, "1")).isFalse();
    }

    private static Anchor pinned(String id, String text) {
        return new Anchor(id, text, null, 0, Origin.PINNED, 0, null, NOON);
    }

    private static Anchor detected(String id, String text, @Nullable String subject, Instant at) {
        return new Anchor(id, text, null, 0, Origin.DETECTED, 1, subject, at);
    }
}
