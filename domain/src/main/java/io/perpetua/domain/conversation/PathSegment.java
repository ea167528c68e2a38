package io.perpetua.domain.conversation;

/**
 * A stretch of a conversation's path that one branch holds. A conversation that was never forked is one segment of its
 * own branch; a fork starts with the segments it shares.
 *
 * @param branch names who wrote these turns, uniquely in the scope: the conversation's id, or the id with a suffix that
 *     tells it from those that had this id before
 * @param first its first turn on this path, from 1
 * @param last its last turn on this path, {@code first - 1} when it holds none yet
 */
public record PathSegment(String branch, int first, int last) {

    public PathSegment {
        if (first < 1 || last < first - 1) {
            throw new IllegalArgumentException("not a stretch of turns: " + first + ".." + last);
        }
    }

    public int turns() {
        return last - first + 1;
    }
}
