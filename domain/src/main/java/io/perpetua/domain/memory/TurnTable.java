package io.perpetua.domain.memory;

import io.perpetua.domain.conversation.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What does not depend on a query about the turns of a conversation: columns of equal length, one row a turn, in the
 * turns' order. The arrays are shared, not copied, and must not be changed.
 *
 * @param numbers the turns' numbers, ascending, possibly with gaps
 * @param roles who speaks
 * @param names the speaker's name, null for turns without one
 * @param at when it was said, in seconds since 1970
 * @param tokens what it costs a model
 * @param lengths how many words it was indexed with
 * @param sessions its session, as {@link Sessions} draws the borders
 */
@SuppressWarnings("ArrayRecordComponent") // columns of ten thousand turns are shared, not copied
public record TurnTable(
        int[] numbers,
        List<Role> roles,
        List<@Nullable String> names,
        long[] at,
        int[] tokens,
        int[] lengths,
        int[] sessions) {

    public TurnTable {
        if (numbers.length != roles.size()
                || numbers.length != names.size()
                || numbers.length != at.length
                || numbers.length != tokens.length
                || numbers.length != lengths.length
                || numbers.length != sessions.length) {
            throw new IllegalArgumentException("columns of unequal length");
        }
    }

    /** A table whose sessions follow from the turns' times. */
    public static TurnTable of(
            int[] numbers, List<Role> roles, List<@Nullable String> names, long[] at, int[] tokens, int[] lengths) {
        return new TurnTable(numbers, roles, names, at, tokens, lengths, Sessions.of(at));
    }

    /** How many turns it has. */
    public int size() {
        return numbers.length;
    }
}
