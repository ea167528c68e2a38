package io.perpetua.domain.facts;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which facts are kept, and which of them exclude each other.
 *
 * @param threshold least confidence of a statement, in [0, 1]
 * @param multiValued predicates, in their normal form, that have several objects at a time; all others have one
 * @param most most facts of a scope, those that were superseded among them
 */
public record FactRules(double threshold, Set<String> multiValued, int most) {

    /** Predicates of which rules find several, and what people mean by several. */
    public static final List<String> USUALLY_SEVERAL = List.of(
            "likes",
            "prefers",
            "dislikes",
            "avoids",
            "does not eat",
            "does not drink",
            "allergic to",
            "has condition",
            "describes self as");

    public static final FactRules DEFAULT = of(0.8, USUALLY_SEVERAL, 100_000);

    public FactRules {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("a threshold outside [0, 1]: " + threshold);
        }
        multiValued = Set.copyOf(multiValued);
    }

    /** Rules with predicates as people write them. */
    public static FactRules of(double threshold, Collection<String> multiValued, int most) {
        return new FactRules(threshold, multiValued.stream().map(Triple::normal).collect(Collectors.toSet()), most);
    }

    /** Whether {@code predicate} has one object at a time. */
    public boolean single(String predicate) {
        return !multiValued.contains(Triple.normal(predicate));
    }
}
