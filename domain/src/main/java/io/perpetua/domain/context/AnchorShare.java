package io.perpetua.domain.context;

import io.perpetua.domain.memory.Anchor;
import io.perpetua.domain.memory.Anchor.Origin;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which anchors are sent when there are more than their share holds: those of higher priority before those of lower,
 * pinned ones before detected ones, newer ones before older ones.
 */
public final class AnchorShare {

    private static final Comparator<Anchor> LAST_TO_GO = Comparator.comparing(
                    (Anchor anchor) -> anchor.origin() == Origin.PINNED)
            .thenComparingInt(Anchor::priority)
            .thenComparing(Anchor::at)
            .thenComparing(Anchor::id)
            .reversed();

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
        for (Anchor anchor : anchors.stream().sorted(LAST_TO_GO).toList()) {
            kept.add(anchor);
            if (counter.count(Sections.anchors(kept)) > maxTokens) {
                kept.removeLast();
            }
        }
        return anchors.stream().filter(kept::contains).toList();
    }
}
