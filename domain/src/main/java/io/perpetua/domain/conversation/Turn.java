package io.perpetua.domain.conversation;

import java.time.Instant;

/**
 * A message in its place: one turn of a conversation.
 *
 * @param number from 1 along the conversation's path, without gaps
 * @param message what was said
 * @param at when it was said; never earlier than it was said, for imported turns the date they carry
 * @param tokens what the message costs a model, overhead included, counted once when it was stored
 */
public record Turn(int number, Message message, Instant at, int tokens) {

    public Turn {
        if (number < 1) {
            throw new IllegalArgumentException("turn numbers start at 1: " + number);
        }
        if (tokens < 0) {
            throw new IllegalArgumentException("negative tokens: " + tokens);
        }
    }
}
