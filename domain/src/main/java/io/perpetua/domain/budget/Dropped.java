package io.perpetua.domain.budget;

import java.util.List;

/**
 * Something that was worth sending and was left out.
 *
 * @param part the part it was meant for
 * @param turns the turns it is made of, ascending; empty where it is not made of turns
 * @param anchors the ids of the anchors it is made of, the oldest first; empty in every part but theirs
 * @param facts the ids of the facts it is made of; empty in every part but theirs
 * @param reason why
 */
public record Dropped(Part part, List<Integer> turns, List<String> anchors, List<String> facts, Reason reason) {

    public Dropped {
        turns = List.copyOf(turns);
        anchors = List.copyOf(anchors);
        facts = List.copyOf(facts);
    }

    /** Something that is made of turns, or of nothing that has a name. */
    public Dropped(Part part, List<Integer> turns, Reason reason) {
        this(part, turns, List.of(), List.of(), reason);
    }

    /** Anchors. */
    public Dropped(Part part, List<Integer> turns, List<String> anchors, Reason reason) {
        this(part, turns, anchors, List.of(), reason);
    }

    /** Why a piece was left out. */
    public enum Reason {
        OVER_BUDGET,
        OVER_COUNT,
        BELOW_FLOOR;

        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
