package io.perpetua.domain.conversation;

/**
 * A stretch of turns by number, both ends included.
 *
 * @param first from 1
 * @param last at least {@code first}
 */
public record TurnRange(int first, int last) {

    public TurnRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("not a range of turns: " + first + ".." + last);
        }
    }
}
