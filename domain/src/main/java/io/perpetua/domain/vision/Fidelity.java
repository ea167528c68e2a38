package io.perpetua.domain.vision;

import org.jspecify.annotations.Nullable;

/** How strongly a region is compressed when it is read as a picture: the more, the cheaper and the coarser. */
public enum Fidelity {
    /** For finding one's way: of print about two words of three are right. */
    COARSE("20x"),
    /** The usual one. */
    USUAL("10x"),
    /** For tables and code. */
    FINE("5x"),
    /** To the letter. */
    EXACT("1x");

    private final String wire;

    Fidelity(String wire) {
        this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }

    /** The fidelity called {@code wire}, or null when there is none of that name. */
    public static @Nullable Fidelity of(String wire) {
        for (Fidelity fidelity : values()) {
            if (fidelity.wire.equals(wire)) {
                return fidelity;
            }
        }
        return null;
    }
}
