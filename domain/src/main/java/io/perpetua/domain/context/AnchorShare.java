package io.perpetua.domain.context;

import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Which anchors are sent when there are more than their share holds: pinned ones before detected ones; of each, those of
 * higher priority before those of lower; of one priority, newer ones before older ones. Each text is counted by itself;
 * the section is counted again where that leaves it open whether it fits.
 */
public final class AnchorShare {

    private static final Comparator<Anchor> LAST_TO_GO = Comparator.comparing(
                    (Anchor anchor) -> anchor.origin() == Origin.PINNED)
            .thenComparingInt(Anchor::priority)
            .thenComparingInt(Anchor::turn)
            .thenComparing(Anchor::at)
            .thenComparing(Anchor::id)
            .reversed();

    /** Most tokens that a line may cost less within a section than by itself. */
    private static final int SEAM = 2;

    private AnchorShare() {}

    /**
     * The anchors that stay, in the order given, as long as their section costs at most {@code maxTokens}.
     *
     * @param anchors the oldest first
     */
    public static List<Anchor> fit(List<Anchor> anchors, int maxTokens, TokenCounter counter) {
        if (counter.count(Sections.anchors(anchors)) <= maxTokens) {
            return anchors;
        }
        var kept = new ArrayList<Anchor>();
        int cost = counter.count(Sections.ANCHORS);
        boolean exact = true;
        for (Anchor anchor : anchors.stream().sorted(LAST_TO_GO).toList()) {
            int line = counter.count(Sections.anchor(anchor));
            if (cost + line > maxTokens && !exact) {
                cost = counter.count(Sections.anchors(kept));
                exact = true;
            }
            kept.add(anchor);
            if (cost + line <= maxTokens
                    || (cost + line <= maxTokens + SEAM && counter.count(Sections.anchors(kept)) <= maxTokens)) {
                cost += line;
                exact = false;
            } else {
                kept.removeLast();
            }
        }
        while (!kept.isEmpty() && counter.count(Sections.anchors(kept)) > maxTokens) {
            kept.removeLast();
        }
        var staying = Set.copyOf(kept);
        return anchors.stream().filter(staying::contains).toList();
    }
}
