package io.perpetua.domain.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import io.perpetua.domain.tokens.TokenCounter;
import io.perpetua.domain.tokens.WordEstimate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnchorShareTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final TokenCounter CHARACTERS = String::length;

    private final Anchor pinned = new Anchor("p", "pinned", null, 0, Origin.PINNED, 0, null, NOON);
    private final Anchor rule = detected(Kind.INSTRUCTION, "always do", 2);
    private final Anchor older = detected(Kind.GOAL, "older goal", 9);
    private final Anchor newer = detected(Kind.GOAL, "newer goal", 10);

    @Test
    void fit_allFit_allStay() {
        var all = List.of(pinned, rule, older, newer);
        assertThat(AnchorShare.fit(all, 1_000, CHARACTERS)).isEqualTo(all);
    }

    @Test
    void fit_tooMany_theOldestDetectedGoFirstInstructionsLaterAndPinnedOnesLast() {
        var all = List.of(rule, older, newer, pinned);

        assertThat(fitLess(all, 1)).containsExactly(rule, newer, pinned);
        assertThat(fitLess(List.of(rule, newer, pinned), 1)).containsExactly(rule, pinned);
        assertThat(fitLess(List.of(rule, pinned), 1)).containsExactly(pinned);
        assertThat(fitLess(List.of(pinned), 1)).isEmpty();
    }

    @Test
    void fit_tooManyPinned_thoseOfLowerPriorityGoFirstThenTheOlder() {
        var important = new Anchor("i", "important", null, 9, Origin.PINNED, 1, null, NOON);
        var later = new Anchor("l", "later", null, 0, Origin.PINNED, 7, null, NOON);
        var urgent = new Anchor("u", "urgent goal", "goal", 99, Origin.DETECTED, 3, null, NOON);

        assertThat(fitLess(List.of(important, urgent, pinned, later), 1)).containsExactly(important, pinned, later);
        assertThat(fitLess(List.of(important, pinned, later), 1)).containsExactly(important, later);
        assertThat(fitLess(List.of(important, later), 1)).containsExactly(important);
    }

    @Test
    void fit_oneThatIsTooLong_leavesRoomForOthers() {
        var huge = new Anchor("h", "huge ".repeat(100), null, 0, Origin.PINNED, 0, null, NOON);

        assertThat(AnchorShare.fit(List.of(huge, older), 60, CHARACTERS)).containsExactly(older);
    }

    @Test
    void fit_linesThatCostMoreTogetherThanApart_stayWithinTheShare() {
        TokenCounter dearTogether = text -> text.length() * text.length() / 20;
        var all = List.of(pinned, rule, older, newer);

        for (int share = 0; share < 250; share++) {
            var kept = AnchorShare.fit(all, share, dearTogether);
            assertThat(kept.isEmpty() ? 0 : dearTogether.count(Sections.anchors(kept)))
                    .isLessThanOrEqualTo(share);
        }
    }

    @Test
    void fit_whatTheKeptOnesCost_keepsThem() {
        TokenCounter words = WordEstimate.INSTANCE;
        var many = IntStream.rangeClosed(1, 60)
                .mapToObj(turn -> detected(Kind.GOAL, "goal ".repeat(turn % 7 + 1), turn))
                .toList();

        for (int share = 10; share < 300; share++) {
            var kept = AnchorShare.fit(many, share, words);
            assertThat(AnchorShare.fit(many, words.count(Sections.anchors(kept)), words))
                    .isEqualTo(kept);
        }
    }

    @Test
    void fit_manyAnchors_countsEachTextAFewTimesAtTheMost() {
        var counted = new AtomicInteger();
        var many = IntStream.rangeClosed(1, 1_000)
                .mapToObj(turn -> detected(Kind.GOAL, "goal number " + turn, turn))
                .toList();
        TokenCounter counter = text -> {
            counted.addAndGet(text.length());
            return text.length();
        };

        assertThat(AnchorShare.fit(many, 10_000, counter)).endsWith(many.getLast());
        assertThat(counted.get()).isLessThan(4 * Sections.anchors(many).length());
    }

    /** What stays where the section of all of them is {@code less} tokens too long. */
    private static List<Anchor> fitLess(List<Anchor> anchors, int less) {
        return AnchorShare.fit(anchors, Sections.anchors(anchors).length() - less, CHARACTERS);
    }

    private static Anchor detected(Kind kind, String text, int turn) {
        return Anchor.detected(new Detected(kind, text, null), turn, 1, NOON);
    }
}
