package io.perpetua.domain.memory;

import java.time.Instant;

/**
 * What is asked of a conversation's past.
 *
 * @param text the question, or the message that the past may bear on
 * @param at when it is asked, which "last week" in it counts from
 */
public record Question(String text, Instant at) {}
