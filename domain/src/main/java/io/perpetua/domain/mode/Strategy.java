package io.perpetua.domain.mode;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What kind of work a conversation is, which decides what of its past is worth carrying. */
public enum Strategy {
    /** Talk: what bears on the message. */
    CHAT,
    /** Something to look at is built: the latest version of each artifact, and the last decisions about its looks. */
    UI_BUILDER,
    /** Code is written: the latest version of each artifact. */
    CODE_EDITOR,
    /** Much is gathered: many turns of many sessions, shortly. */
    RESEARCH,
    /** A user is helped: who it is, and what is open. */
    SUPPORT;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The strategy called {@code wire}, or null when there is none of that name. */
    public static @Nullable Strategy of(String wire) {
        for (Strategy strategy : values()) {
            if (strategy.wire().equals(wire)) {
                return strategy;
            }
        }
        return null;
    }
}
