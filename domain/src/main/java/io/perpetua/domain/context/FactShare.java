package io.perpetua.domain.context;

import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.tokens.TokenCounter;
import java.util.ArrayList;
import java.util.List;

/** Which facts are sent when there are more than their share holds: those that bear on the message most. */
public final class FactShare {

    private FactShare() {}

    /**
     * The facts that stay, in the order given, as long as their section costs at most {@code maxTokens}; one that does not
     * fit is passed over.
     *
     * @param facts the one that bears on the message most first
     */
    public static List<Fact> fit(List<Fact> facts, int maxTokens, TokenCounter counter) {
        var kept = new ArrayList<Fact>();
        for (Fact fact : facts) {
            kept.add(fact);
            if (counter.count(Sections.facts(kept)) > maxTokens) {
                kept.removeLast();
            }
        }
        return kept;
    }
}
