package io.perpetua.domain.journal;

import org.jspecify.annotations.Nullable;

/** How turns end. */
public enum Ending {
    /** With an answer. */
    ANSWERED("answered", false),
    /** With a part of one. */
    BROKEN("broken", true),
    /** Without one, for nobody gave any. */
    FAILED("failed", true),
    /** Without one, for the client has left. */
    LEFT("left", false),
    /** Without one, for it may not be asked for as it is. */
    REFUSED("refused", false),
    /** Without one, by a fault of this server or a part of it. */
    FAULT("fault", true);

    private final String wire;
    private final boolean error;

    Ending(String wire, boolean error) {
        this.wire = wire;
        this.error = error;
    }

    /** The name in the journal, logs and metrics. */
    public String wire() {
        return wire;
    }

    /** Whether somebody other than the client is at fault. */
    public boolean isError() {
        return error;
    }

    /** The ending called {@code wire}, or null when there is none of that name. */
    public static @Nullable Ending of(String wire) {
        for (Ending ending : values()) {
            if (ending.wire.equals(wire)) {
                return ending;
            }
        }
        return null;
    }
}
