package io.perpetua.benchmarks.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.benchmarks.conversation.Fact.Fate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How values are found in texts, and texts compared. */
final class ComparisonTest {

    private static final Required CHANGED =
            new Required("width", Fate.CHANGED, "744 pixels", "44 pixels", List.of(1, 5), "How wide?");

    @Test
    void says_sameWordsInOrder_whateverStandsBetweenThem() {
        assertThat(Spelling.says("It is **744px**, at most.", "744 pixels")).isTrue();
        assertThat(Spelling.says("post to `/v2/meters/readings`", "/v2/meters/readings"))
                .isTrue();
        assertThat(Spelling.says("pixels: 744", "744 pixels")).isFalse();
        assertThat(Spelling.says("1744 pixels", "744 pixels")).isFalse();
    }

    @Test
    void mistaken_rejectedValueAlone_notBesideTheOneThatHolds() {
        assertThat(CHANGED.mistakenBy("44 pixels")).isTrue();
        assertThat(CHANGED.mistakenBy("744 pixels, no longer 44 pixels")).isFalse();
        assertThat(CHANGED.answeredBy("744 pixels, no longer 44 pixels")).isTrue();
        assertThat(CHANGED.mistakenBy("I do not know")).isFalse();
    }

    @Test
    void likeness_isOneForTheSame_andCountsWordsAsOftenAsTheyStand() {
        var text = new Reading(List.of("a", "b", "b"), 3, 4);
        var other = new Reading(List.of("b", "c"), 4, -3);

        assertThat(Likeness.of(text, text)).isEqualTo(new Likeness(1, 1));
        var likeness = Likeness.of(text, other);
        assertThat(likeness.cosine()).isEqualTo(0, within(1e-9));
        assertThat(likeness.f1()).isEqualTo(0.4, within(1e-9));
    }

    @Test
    void likeness_toNothing_isNone() {
        var nothing = new Reading(List.of(), 0, 0);
        var text = new Reading(List.of("a"), 1, 0);

        assertThat(Likeness.of(text, nothing)).isEqualTo(new Likeness(0, 0));
        assertThat(Likeness.of(nothing, nothing)).isEqualTo(new Likeness(1, 1));
    }

    @Test
    void overlap_isOfTheShorterText() {
        assertThat(Overlap.of(List.of("one two three four five", "zero one two three four", "six seven eight nine")))
                .isEqualTo(new Overlap(0.5, 0.5 / 3));
        assertThat(Overlap.of(List.of("one two three four", "zero one two three four")))
                .isEqualTo(new Overlap(1, 1));
    }

    @Test
    void rescaled_liesBetweenFloorAndCeiling() {
        assertThat(Results.rescaled(0.8, 0.6, 1)).isEqualTo(0.5, within(1e-9));
    }
}
