package io.perpetua.domain.mode;

import java.util.Locale;

/** How much of its past a conversation carries, from all of it to a well-chosen part. */
public enum Mode {
    /** The whole conversation, verbatim. */
    FULL,
    /** The recent turns verbatim, the rest by brief and recall. */
    BALANCED,
    /** Like balanced, with recall before recency when the budget is shared out. */
    SAFE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
