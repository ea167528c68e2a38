package io.perpetua.domain.facts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.perpetua.domain.facts.Source.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static Source source(@Nullable String document, @Nullable SourceAnchor anchor, double confidence) {
        return new Source(Origin.GIVEN, document, anchor, "talk", confidence, NOON);
    }

    private static Fact of(Source... sources) {
        return new Fact(
                "id",
                Holder.ALL,
                new Triple("s", "p", "o"),
                null,
                List.of(sources),
                NOON,
                NOON,
                null,
                List.of(),
                null,
                null);
    }

    private static SourceAnchor page(int page) {
        return new SourceAnchor("doc", page, null, null);
    }

    @Test
    void confidence_ofOneWitness_isItsToTheLastBit() {
        assertThat(of(source("a", null, 0.3)).confidence()).isEqualTo(0.3);
    }

    @Test
    void confidence_ofIndependentWitnesses_isNoisyOr() {
        assertThat(of(source("a", null, 0.8), source("b", null, 0.9), source(null, null, 0.5))
                        .confidence())
                .isCloseTo(1 - 0.2 * 0.1 * 0.5, within(1e-12));
    }

    /** Whoever repeats himself is no second witness. */
    @Test
    void confidence_ofPlacesInOneDocument_isThatOfTheSurest() {
        assertThat(of(source(null, page(1), 0.8), source(null, page(2), 0.9), source("doc", null, 0.7))
                        .confidence())
                .isEqualTo(0.9);
    }

    @Test
    void vouchedForBy_samePlace_keepsTheSurer() {
        var fact = of(source("a", null, 0.8));
        assertThat(fact.vouchedForBy(source("a", null, 0.7))).isSameAs(fact);
        assertThat(fact.vouchedForBy(source("a", null, 0.9)).sources()).containsExactly(source("a", null, 0.9));
        assertThat(fact.vouchedForBy(source("a", page(1), 0.8)).sources()).hasSize(2);
        assertThat(fact.isNewTo(source("a", page(1), 0.8))).isFalse();
        assertThat(fact.isNewTo(source("b", null, 0.8))).isTrue();
    }

    @Test
    void vouchedForBy_moreThanTheMost_isNotKept() {
        var fact = of(source("0", null, 0.8));
        for (int i = 1; i < 100; i++) {
            fact = fact.vouchedForBy(source("" + i, null, 0.8));
        }
        assertThat(fact.sources()).hasSize(Fact.MOST_SOURCES);
    }

    @Test
    void without_conversation_leavesTheOthers() {
        var other = new Source(Origin.GIVEN, "b", null, "other", 0.8, NOON);
        assertThat(requireNonNull(of(source("a", null, 0.8), other).without("talk"))
                        .sources())
                .containsExactly(other);
        assertThat(of(source("a", null, 0.8)).without("talk")).isNull();
    }

    @Test
    void heldAt_bounds_areFromInclusiveToExclusive() {
        var fact = of(source("a", null, 0.8)).valid(NOON, NOON.plusSeconds(10));
        assertThat(fact.heldAt(NOON.minusNanos(1))).isFalse();
        assertThat(fact.heldAt(NOON)).isTrue();
        assertThat(fact.heldAt(NOON.plusSeconds(10))).isFalse();
        var again = fact.again(NOON.plusSeconds(20));
        assertThat(again.heldAt(NOON.plusSeconds(5))).isTrue();
        assertThat(again.heldAt(NOON.plusSeconds(15))).isFalse();
        assertThat(again.heldAt(NOON.plusSeconds(25))).isTrue();
    }

    @Test
    void rules_predicatesOfSeveral_areKnownInAnyForm() {
        var rules = FactRules.of(0.8, Set.of("Speaks  Language"), 10);
        assertThat(rules.single("speaks language")).isFalse();
        assertThat(rules.single("SPEAKS\u00a0LANGUAGE ")).isFalse();
        assertThat(rules.single("home")).isTrue();
        assertThatThrownBy(() -> FactRules.of(1.1, Set.of(), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void source_confidenceOutsideOfShares_isRefused() {
        assertThatThrownBy(() -> source("a", null, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source("a", null, -0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Holder("u", "c")).isInstanceOf(IllegalArgumentException.class);
    }
}
