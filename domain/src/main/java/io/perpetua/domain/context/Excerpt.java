package io.perpetua.domain.context;

import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.Turn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An older turn as it is shown again: whole, or clipped to what bears on the message.
 *
 * @param turn its number
 * @param role who spoke
 * @param name the speaker's name, if it has one
 * @param at when it was said
 * @param text what is shown of it
 */
public record Excerpt(int turn, Role role, @Nullable String name, Instant at, String text) {

    /** The same turn with another text. */
    public Excerpt withText(String otherText) {
        return new Excerpt(turn, role, name, at, otherText);
    }

    /** {@code text} as what is shown of {@code turn}. */
    public static Excerpt of(Turn turn, String text) {
        return new Excerpt(turn.number(), turn.message().role(), turn.message().name(), turn.at(), text);
    }

    /** Tells of what is said no more than its length: it may get into logs. */
    @Override
    public String toString() {
        return "Excerpt[turn " + turn + ", " + text.length() + " characters]";
    }
}
