package io.perpetua.domain.routing;

import org.jspecify.annotations.Nullable;

/** What kind of help a message asks for. */
public enum Intent {
    /** Code, queries, commands and configuration: written, mended, reviewed, explained where they fail. */
    CODING_HELP("coding_help"),
    /** Facts, explanations, news, recommendations, and what was said earlier. */
    QA_RETRIEVAL("qa_retrieval"),
    /** Calculation, proof, probability, logic, puzzles. */
    REASONING_MATH("reasoning/math"),
    /** Greetings, thanks, feelings, reactions. */
    SOCIAL_CHAT("social_chat"),
    /** Prose: written, rewritten, translated, shortened. */
    EDITING_WRITING("editing/writing"),
    /** Too little to tell. */
    AMBIGUOUS_OR_OTHER("ambiguous_or_other");

    private final String wire;

    Intent(String wire) {
        this.wire = wire;
    }

    /** The name in configuration, metadata and metrics. */
    public String wire() {
        return wire;
    }

    /** The intent called {@code wire}, or null when there is none of that name. */
    public static @Nullable Intent of(String wire) {
        for (Intent intent : values()) {
            if (intent.wire.equals(wire)) {
                return intent;
            }
        }
        return null;
    }
}
