package io.perpetua.domain.memory;

import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A piece of context that is always sent.
 *
 * @param id unique within its conversation
 * @param text what the model is told, never blank
 * @param tag a word to group by; of a detected one, its kind
 * @param priority higher survives longer when anchors outgrow their share; 0 by default, 1 for a detected
 *     instruction
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

    /**
     * What was detected in a turn. Its id follows from its place, so that a turn makes the same anchors whenever it is read.
     *
     * @param turn the turn's number, from 1
     * @param ordinal which of the turn's, from 1
     * @param at when the turn was said
     */
    public static Anchor detected(Detected detected, int turn, int ordinal, Instant at) {
        return new Anchor(
                "t" + turn + "-" + ordinal,
                detected.text(),
                detected.kind().tag(),
                detected.kind() == Kind.INSTRUCTION ? 1 : 0,
                Origin.DETECTED,
                turn,
                detected.subject(),
                at);
    }

    /** What kind of thing it is: {@code pinned}, or the kind that was detected. */
    public String kind() {
        return origin == Origin.PINNED || tag == null ? origin.name().toLowerCase(Locale.ROOT) : tag;
    }

    /** Whether both were detected and settle the same, so that only one of them can hold. */
    boolean conflictsWith(Anchor other) {
        return origin == Origin.DETECTED
                && other.origin == Origin.DETECTED
                && subject != null
                && subject.equals(other.subject);
    }
}
