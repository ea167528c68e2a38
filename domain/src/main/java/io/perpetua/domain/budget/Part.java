package io.perpetua.domain.budget;

import java.util.Locale;

/** The parts of a context, in the order in which they are sent. */
public enum Part {
    /** The client's own instructions. */
    SYSTEM,
    /** What is always kept in mind. */
    ANCHORS,
    /** What is known of the conversation and its user, and bears on the message. */
    FACTS,
    /** The running summary. */
    BRIEF,
    /** The last turns, verbatim. */
    RECENT,
    /** Older turns that bear on the message. */
    RETRIEVED,
    /** Regions of the client's documents that do. */
    DOCUMENTS,
    /** What the client says now, with the open exchange it belongs to. */
    MESSAGE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
