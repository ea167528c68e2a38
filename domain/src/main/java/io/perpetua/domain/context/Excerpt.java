package io.perpetua.domain.context;

import io.perpetua.domain.conversation.Role;
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
public record Excerpt(int turn, Role role, @Nullable String name, Instant at, String text) {}
