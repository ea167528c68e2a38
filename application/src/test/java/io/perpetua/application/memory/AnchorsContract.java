package io.perpetua.application.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.application.conversation.Conversations.Append;
import io.perpetua.application.conversation.Conversations.NewTurn;
import io.perpetua.application.conversation.Conversations.Outcome;
import io.perpetua.application.conversation.RecordContract;
import io.perpetua.application.memory.Anchors.Pinning;
import io.perpetua.domain.conversation.ConversationKey;
import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import io.perpetua.domain.memory.KeptAnchors;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Anchors} owes its callers, together with the turns in which anchors are detected. */
public abstract class AnchorsContract extends RecordContract {

    private static final Detected BERGEN = new Detected(Kind.IDENTITY, "I live in Bergen.", "home");
    private static final Detected OSLO = new Detected(Kind.IDENTITY, "I live in Oslo.", "home");
    private static final Detected SWEETS = new Detected(Kind.PREFERENCE, "I prefer Zürich's \"best\" 🍫", null);

    @BeforeEach
    void conversation() {
        say(key, "a", "b", "c");
    }

    @Test
    void of_unknownConversation_isEmpty() {
        assertThat(anchors().of(key("none"))).isEmpty();
    }

    @Test
    void pin_unknownConversation_keepsNothing() {
        assertThat(anchors().pin(key("none"), pinned("1", "Be brief."))).isEqualTo(Pinning.Refused.NO_CONVERSATION);

        say(key("none"), "a");
        assertThat(anchors().of(key("none"))).isEmpty();
    }

    @Test
    void of_anchors_areWholeTheOldestFirst() {
        detect(key, BERGEN, SWEETS);
        var pinned = new Anchor("p", "Be brief.", "style", -3, Origin.PINNED, 0, null, NOON);

        assertThat(anchors().pin(key, pinned)).isEqualTo(new Pinning.Kept(pinned));

        var at = NOON.plusSeconds(60);
        assertThat(anchors().of(key))
                .containsExactly(
                        pinned,
                        new Anchor("t4-1", BERGEN.text(), "identity", 0, Origin.DETECTED, 4, "home", at),
                        new Anchor("t4-2", SWEETS.text(), "preference", 0, Origin.DETECTED, 4, null, at));
    }

    @Test
    void pin_whatIsPinned_changesNothing() {
        var first = pinned("1", "Be brief.");
        anchors().pin(key, first);

        assertThat(anchors().pin(key, pinned("2", " be  brief"))).isEqualTo(new Pinning.Kept(first));
        assertThat(anchors().of(key)).containsExactly(first);
    }

    @Test
    void pin_whatWasDetected_takesItsPlaceAndBringsNothingBack() {
        detect(key, BERGEN);
        detect(key, OSLO);
        var pinned = pinned("1", OSLO.text(), null, 5);
        var kept = pinned("1", OSLO.text(), "home", 5);

        assertThat(anchors().pin(key, pinned)).isEqualTo(new Pinning.Kept(kept));
        assertThat(anchors().of(key)).contains(kept);
        assertThat(standing(key)).containsExactly(OSLO.text());

        assertThat(anchors().remove(key, "1")).isTrue();
        assertThat(anchors().of(key)).isEmpty();
    }

    @Test
    void pin_onTheSubjectOfWhatWasDetected_replacesIt() {
        detect(key, BERGEN);

        anchors().pin(key, pinned("1", "I live in Narvik.", "home", 4));
        assertThat(standing(key)).containsExactly("I live in Narvik.");

        detect(key, new Detected(Kind.IDENTITY, "i live in Narvik", "home"));
        assertThat(standing(key)).containsExactly("I live in Narvik.");

        detect(key, OSLO);
        assertThat(standing(key)).containsExactly("I live in Narvik.", OSLO.text());

        detect(key, new Detected(Kind.IDENTITY, "i live in Narvik", "home"));
        assertThat(standing(key)).containsExactly("I live in Narvik.");
    }

    @Test
    void pin_moreThanTheBound_isRefused() {
        for (int i = 0; i < KeptAnchors.MOST_PINNED; i++) {
            anchors().pin(key, pinned("p" + i, "Rule " + i));
        }

        assertThat(anchors().pin(key, pinned("q", "One more."))).isEqualTo(Pinning.Refused.TOO_MANY);
        assertThat(anchors().pin(key, pinned("q", "rule 3"))).isEqualTo(new Pinning.Kept(pinned("p3", "Rule 3")));
        assertThat(anchors().of(key)).hasSize(KeptAnchors.MOST_PINNED);
        anchors().remove(key, "p0");
        assertThat(anchors().pin(key, pinned("q", "One more."))).isInstanceOf(Pinning.Kept.class);
    }

    @Test
    void append_thatIsRefused_leavesNoAnchor() {
        var turn = new NewTurn(message("d"), NOON, TOKENS, List.of(BERGEN));

        assertThat(conversations()
                        .append(new Append(
                                key,
                                null,
                                null,
                                1,
                                List.of(turn),
                                null,
                                UUID.randomUUID().toString())))
                .isInstanceOf(Outcome.Moved.class);
        assertThat(anchors().of(key)).isEmpty();
    }

    @Test
    void append_onTheSameSubject_theLaterHolds() {
        anchors().pin(key, pinned("1", "They live in Narvik."));
        detect(key, BERGEN, SWEETS);
        detect(key, OSLO);

        assertThat(standing(key)).containsExactly("They live in Narvik.", SWEETS.text(), OSLO.text());
    }

    @Test
    void append_whatHoldsAnyway_isNotAddedAgain() {
        detect(key, BERGEN, SWEETS);
        var before = anchors().of(key);

        detect(key, SWEETS, new Detected(Kind.IDENTITY, "i live in  Bergen", "home"));

        assertThat(anchors().of(key)).isEqualTo(before);
    }

    @Test
    void append_whatWasReplaced_holdsAgain() {
        detect(key, BERGEN);
        detect(key, OSLO);
        detect(key, BERGEN);

        assertThat(standing(key)).containsExactly(BERGEN.text());
        assertThat(anchors().of(key)).extracting(Anchor::id).containsExactly("t4-1", "t5-1", "t6-1");
    }

    @Test
    void append_moreThanTheBound_keepsPinnedOnesAndTheLatest() {
        anchors().pin(key, pinned("1", "Be brief."));
        var turns = new ArrayList<NewTurn>();
        for (int i = 0; i < 3 * KeptAnchors.MOST_DETECTED; i++) {
            turns.add(new NewTurn(message("x"), NOON, TOKENS, List.of(preference(i))));
        }
        conversations()
                .append(new Append(
                        key,
                        null,
                        null,
                        Append.WHATEVER,
                        turns,
                        null,
                        UUID.randomUUID().toString()));
        detect(key, preference(turns.size()));

        assertThat(standing(key))
                .hasSize(1 + KeptAnchors.MOST_DETECTED)
                .startsWith("Be brief.")
                .endsWith(preference(turns.size()).text())
                .doesNotContain(
                        preference(turns.size() - KeptAnchors.MOST_DETECTED).text());
    }

    @Test
    void remove_anchor_isGoneOnce() {
        anchors().pin(key, pinned("1", "Be brief."));

        assertThat(anchors().remove(key, "2")).isFalse();
        assertThat(anchors().remove(key("none"), "1")).isFalse();
        assertThat(anchors().remove(key, "1")).isTrue();
        assertThat(anchors().remove(key, "1")).isFalse();
        assertThat(anchors().of(key)).isEmpty();
    }

    @Test
    void remove_anchorThatReplacedAnother_bringsNothingBack() {
        detect(key, BERGEN, SWEETS);
        detect(key, OSLO);

        assertThat(anchors().remove(key, "t5-1")).isTrue();

        assertThat(anchors().of(key)).extracting(Anchor::text).containsExactly(SWEETS.text());
    }

    @Test
    void of_sameIdInOtherScope_isAnotherConversation() {
        var other = new ConversationKey(new Scope(scope.tenant(), "other"), key.id());
        say(other, "a");
        anchors().pin(key, pinned("1", "Be brief."));

        assertThat(anchors().of(other)).isEmpty();
        assertThat(anchors().remove(other, "1")).isFalse();
    }

    private static Detected preference(int number) {
        return new Detected(Kind.PREFERENCE, "I prefer number " + number, null);
    }

    private static Anchor pinned(String id, String text) {
        return pinned(id, text, null, 3);
    }

    private static Anchor pinned(String id, String text, @Nullable String subject, int turns) {
        return new Anchor(id, text, null, 0, Origin.PINNED, turns, subject, NOON);
    }
}
