package io.perpetua.domain.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of context that is always sent.
 *
 * @param id unique within its conversation
 * @param text what the model is told, never blank
 * @param tag a word to group by
 * @param priority higher survives longer when anchors outgrow their share; 0 by default
 * @param origin who made it
 * @param turn the turn it was detected in, 0 for one that was pinned
 * @param subject what it is about; of two detected anchors on one subject the newer wins
 * @param at when it was made
 */
public record Anchor(
        String id,
        String text,
        @Nullable String tag,
        int priority,
        Origin origin,
        int turn,
        @Nullable String subject,
        Instant at) {

    /** Pinned through the API, or detected when a turn was written. */
    public enum Origin {
        PINNED,
        DETECTED
    }

    public Anchor {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an anchor says something");
        }
    }
}
