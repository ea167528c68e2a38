package io.perpetua.domain.mode;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What kind of work a conversation is, which decides what of its past is worth carrying. */
public enum Strategy {
    CHAT,
    UI_BUILDER,
    CODE_EDITOR,
    RESEARCH,
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
