package io.perpetua.domain.budget;

import java.util.List;

/**
 * Something that was worth sending and was left out.
 *
 * @param part the part it was meant for
 * @param turns the turns it is made of, ascending; empty where it is not made of turns
 * @param reason why
 */
public record Dropped(Part part, List<Integer> turns, Reason reason) {

    public Dropped {
        turns = List.copyOf(turns);
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
