package io.perpetua.domain.journal;

/**
 * A week's turns, beside those of the week before.
 *
 * @param tenant whose turns, {@value #ALL} for everybody's
 */
public record RollUp(Week week, String tenant, Figures figures, Figures before) {

    /** Everybody's. */
    public static final String ALL = "*";
}
