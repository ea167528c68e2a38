package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.Turn;

/**
 * What a strategy knows of a conversation's turns: where things stand, never what they say, so that it stays small and
 * holds no word of the conversation. Immutable.
 *
 * @param <D> the digest's own type
 */
public interface Digest<D extends Digest<D>> {

    /** The same with more turns read, which follow those read so far; linear in them, and in what is known. */
    D after(Iterable<Turn> turns);

    /** How many places it remembers, which is what its memory grows with. */
    int weight();
}
