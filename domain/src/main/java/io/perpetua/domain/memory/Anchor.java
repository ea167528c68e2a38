package io.perpetua.domain.memory;

import io.perpetua.domain.memory.AnchorDetector.Detected;
import io.perpetua.domain.memory.AnchorDetector.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of context that is always sent.
 *
 * @param id unique within its conversation
 * @param text what the model is told, never blank
 * @param tag a word to group by; of a detected one, its kind
 * @param priority when anchors outgrow their share, of those of one origin the higher survives longer; 0 by default, 1
 *     for a detected instruction
 * @param origin who made it
 * @param turn the turn it was detected in; of one that was pinned, how many turns the conversation had, 0 where nobody
 *     knows
 * @param subject what it settles, null where others may hold beside it; {@link KeptAnchors} says which then holds
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

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern END = Pattern.compile("[\\s.!…]+$");

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

    /**
     * What a client pins. What it settles is read from its text.
     *
     * @param turns how many turns the conversation has
     */
    public static Anchor pinned(String id, String text, @Nullable String tag, int priority, int turns, Instant at) {
        return new Anchor(id, text, tag, priority, Origin.PINNED, turns, AnchorDetector.subjectOf(text), at);
    }

    /** The turn it was detected in, 0 for one that was pinned. */
    public int detectedIn() {
        return origin == Origin.DETECTED ? turn : 0;
    }

    /** What kind of thing it is: {@code pinned}, or the kind that was detected. */
    public String kind() {
        return origin == Origin.PINNED || tag == null ? origin.name().toLowerCase(Locale.ROOT) : tag;
    }

    /** The same on {@code other} as its subject. */
    Anchor on(@Nullable String other) {
        return new Anchor(id, text, tag, priority, origin, turn, other, at);
    }

    /** What at most one detected anchor can hold of: the subject, else the anchor itself. */
    String settles() {
        return subject == null ? "anchor " + id : "subject " + subject;
    }

    /** Whether {@code other} was detected no later on the same subject, so that it holds no more. */
    boolean replaces(Anchor other) {
        return other.origin == Origin.DETECTED
                && subject != null
                && subject.equals(other.subject)
                && other.turn <= turn
                && !other.equals(this);
    }

    /** Whether two anchors say the same, whatever their case, their spaces and the stop at their end. */
    boolean saysTheSame(Anchor other) {
        return words().equals(other.words());
    }

    /** What it says, whatever its case, its spaces and the stop at its end. */
    String words() {
        String even = SPACE.matcher(text.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
        return END.matcher(even).replaceFirst("");
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "Anchor[" + id + ", " + text.length() + " characters]";
    }
}
