package io.perpetua.domain.budget;

import java.util.List;

/**
 * Something that was worth sending and was left out.
 *
 * @param part the part it was meant for
 * @param turns the turns it is made of, ascending; empty where it is not made of turns
 * @param anchors the ids of the anchors it is made of, the oldest first; empty in every part but theirs
 * @param facts the ids of the facts it is made of; empty in every part but theirs
 * @param regions the regions of documents it is made of, the best first; empty in every part but theirs
 * @param reason why
 */
public record Dropped(
        Part part, List<Integer> turns, List<String> anchors, List<String> facts, List<String> regions, Reason reason) {

    public Dropped {
        turns = List.copyOf(turns);
        anchors = List.copyOf(anchors);
        facts = List.copyOf(facts);
        regions = List.copyOf(regions);
    }

    /** Something that is made of turns, or of nothing that has a name. */
    public Dropped(Part part, List<Integer> turns, Reason reason) {
        this(part, turns, List.of(), reason);
    }

    /** Anchors, or what was found in turns. */
    public Dropped(Part part, List<Integer> turns, List<String> anchors, Reason reason) {
        this(part, turns, anchors, List.of(), List.of(), reason);
    }

    /** Facts. */
    public static Dropped facts(List<String> facts, Reason reason) {
        return new Dropped(Part.FACTS, List.of(), List.of(), facts, List.of(), reason);
    }

    /** Regions of documents. */
    public static Dropped regions(List<String> regions, Reason reason) {
        return new Dropped(Part.DOCUMENTS, List.of(), List.of(), List.of(), regions, reason);
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
