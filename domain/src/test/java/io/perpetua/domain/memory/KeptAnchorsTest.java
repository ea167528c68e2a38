package io.perpetua.domain.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import io.perpetua.domain.memory.KeptAnchors.Change;
import io.perpetua.domain.memory.KeptAnchors.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptAnchorsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Anchor french = detected(Kind.INSTRUCTION, "Always answer in French.", "language", 1);
    private final Anchor name = detected(Kind.IDENTITY, "My name is Sam.", "name", 3);
    private final Anchor english = detected(Kind.INSTRUCTION, "Answer in English from now on.", "language", 5);
    private final Anchor pinned = new Anchor("p", "Be kind.", null, 0, Origin.PINNED, 0, null, NOON);
    private final List<Anchor> kept = List.of(pinned, french, name, english);

    @Test
    void standing_onOneSubject_theLatestUpToTheTurnHoldsAndNamesThoseBefore() {
        assertThat(KeptAnchors.standing(kept, 5))
                .containsExactly(alone(pinned), alone(name), new Standing(english, List.of(french)));
        assertThat(KeptAnchors.standing(kept, 4)).containsExactly(alone(pinned), alone(french), alone(name));
        assertThat(KeptAnchors.standing(kept, 0)).containsExactly(alone(pinned));
    }

    @Test
    void standing_datesThatContradictTheTurns_goByTheTurns() {
        var dated = new Anchor("t4-1", "Call me Alex.", null, 0, Origin.DETECTED, 4, "name", NOON.minusSeconds(9));

        assertThat(KeptAnchors.standing(List.of(dated, name), 9)).containsExactly(new Standing(dated, List.of(name)));
    }

    @Test
    void adding_whatHoldsAnyway_addsNothing() {
        var again = detected(Kind.INSTRUCTION, " answer in English  from now on", "language", 7);
        var asPinned = detected(Kind.INSTRUCTION, "Be kind", null, 7);

        assertThat(KeptAnchors.adding(kept, List.of(again, asPinned))).isEqualTo(new Change(List.of(), List.of()));
    }

    @Test
    void adding_whatWasReplaced_addsItAgain() {
        var again = detected(Kind.INSTRUCTION, french.text(), "language", 7);

        assertThat(KeptAnchors.adding(kept, List.of(again)).added()).containsExactly(again);
    }

    @Test
    void adding_backAndForthInOneGo_keepsEveryStep() {
        var steps = List.of(
                detected(Kind.INSTRUCTION, french.text(), "language", 6),
                detected(Kind.INSTRUCTION, french.text(), "language", 7),
                detected(Kind.INSTRUCTION, english.text(), "language", 8));

        assertThat(KeptAnchors.adding(kept, steps).added()).containsExactly(steps.get(0), steps.get(2));
    }

    @Test
    void adding_beyondTheBound_replacedThenUnimportantThenOldestGo() {
        var more = new ArrayList<Anchor>();
        for (int turn = 6; turn < 6 + KeptAnchors.MOST_DETECTED - 1; turn++) {
            more.add(detected(Kind.GOAL, "My goal is number " + turn, null, turn));
        }

        var change = KeptAnchors.adding(kept, more);

        assertThat(change.dropped()).containsExactly(french, name);
        assertThat(change.added()).isEqualTo(more);
    }

    @Test
    void pinned_whatIsPinnedAlready_isThatOne() {
        assertThat(KeptAnchors.pinned(kept, pin("q", "BE KIND", null, 9))).isEqualTo(pinned);
    }

    @Test
    void pinned_whatWasDetected_isOnItsSubject() {
        assertThat(KeptAnchors.pinned(kept, pin("q", name.text(), null, 9)))
                .isEqualTo(pin("q", name.text(), "name", 9));
    }

    @Test
    void pinned_asManyAsAreKept_isNone() {
        var many = IntStream.range(0, KeptAnchors.MOST_PINNED)
                .mapToObj(i -> pin("p" + i, "Rule " + i, null, 1))
                .toList();

        assertThat(KeptAnchors.pinned(many, pin("q", "One more.", null, 1))).isNull();
        assertThat(KeptAnchors.pinned(many, pin("q", "rule 7", null, 1))).isEqualTo(many.get(7));
        assertThat(KeptAnchors.pinned(many.subList(1, many.size()), pin("q", "One more.", null, 1)))
                .isNotNull();
    }

    @Test
    void standing_pinnedWhatWasDetected_bringsNothingBack() {
        var pin = pin("q", english.text(), "language", 6);
        var all = List.of(french, english, pin);

        assertThat(KeptAnchors.standing(all, 9)).containsExactly(new Standing(pin, List.of(french, english)));
        assertThat(KeptAnchors.standing(all, 5)).containsExactly(new Standing(english, List.of(french)));
        assertThat(KeptAnchors.removing(all, "q")).containsExactlyElementsOf(all);
    }

    @Test
    void standing_pinnedOnASubject_replacesWhatWasDetectedBeforeAndStandsBesideWhatComesAfter() {
        var pin = pin("q", "Speak Danish.", "language", 3);
        var all = List.of(french, name, english, pin);

        assertThat(KeptAnchors.standing(all, 9))
                .containsExactly(
                        alone(name), new Standing(english, List.of(french)), new Standing(pin, List.of(french)));
        assertThat(KeptAnchors.standing(all, 4)).containsExactly(alone(name), new Standing(pin, List.of(french)));
        assertThat(KeptAnchors.removing(all, "q")).containsExactly(french, pin);
    }

    @Test
    void adding_whatAPinSaysAfterSomethingElseWasSaid_replacesThat() {
        var pin = pin("q", french.text(), null, 1);
        var again = detected(Kind.INSTRUCTION, french.text(), "language", 7);

        assertThat(KeptAnchors.adding(List.of(pin, english), List.of(again)).added())
                .containsExactly(again);
        var all = List.of(pin, english, again);
        assertThat(KeptAnchors.standing(all, 9)).containsExactly(alone(pin));
        assertThat(KeptAnchors.adding(all, List.of(detected(Kind.INSTRUCTION, french.text(), "language", 8)))
                        .added())
                .isEmpty();
        assertThat(KeptAnchors.removing(all, "q")).containsExactlyElementsOf(all);
    }

    @Test
    void shared_pins_areThoseMadeWithinTheBeginning() {
        var early = pin("e", "Early.", null, 2);
        var late = pin("l", "Late.", null, 3);

        assertThat(KeptAnchors.shared(List.of(pinned, french, early, name, late), 2))
                .containsExactly(french, early);
    }

    @Test
    void removing_anAnchor_takesWhatItReplacedAndNothingElse() {
        assertThat(KeptAnchors.removing(kept, english.id())).containsExactly(french, english);
        assertThat(KeptAnchors.removing(kept, french.id())).containsExactly(french);
        assertThat(KeptAnchors.removing(kept, "p")).containsExactly(pinned);
        assertThat(KeptAnchors.removing(kept, "none")).isEmpty();
    }

    private static Standing alone(Anchor anchor) {
        return new Standing(anchor, List.of());
    }

    private static Anchor pin(String id, String text, @Nullable String subject, int turn) {
        return new Anchor(id, text, null, 0, Origin.PINNED, turn, subject, NOON);
    }

    private static Anchor detected(Kind kind, String text, @Nullable String subject, int turn) {
        return Anchor.detected(new Detected(kind, text, subject), turn, 1, NOON);
    }
}
