package io.perpetua.application.conversation;

import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.conversation.Turn;
import io.perpetua.domain.memory.Anchor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn needs to know of a conversation, as it was at one moment.
 *
 * @param conversation its head
 * @param tail its latest turns, ascending, without gaps, up to the last
 * @param anchors all that it keeps, as {@link io.perpetua.application.memory.Anchors#of} has it
 * @param brief its brief, null when none was made yet
 */
public record Past(
        Conversation conversation,
        List<Turn> tail,
        List<Anchor> anchors,
        @Nullable Brief brief) {

    public Past {
        tail = List.copyOf(tail);
        anchors = List.copyOf(anchors);
    }

    /** Turns {@code first} to {@code last}; null when they reach back beyond the tail. */
    @Nullable
    List<Turn> turns(int first, int last) {
        int before = conversation.turns() - tail.size();
        return first <= before
                ? null
                : tail.subList(Math.min(first - 1 - before, tail.size()), Math.min(last - before, tail.size()));
    }
}
