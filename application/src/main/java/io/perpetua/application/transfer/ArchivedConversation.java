package io.perpetua.application.transfer;

import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.conversation.Conversation;
import io.perpetua.domain.memory.Anchor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without its turns.
 *
 * @param conversation its path has all of its turns, without gaps
 * @param anchors all that it keeps, also what was replaced, the oldest first
 * @param brief null when none was made yet
 */
public record ArchivedConversation(
        Conversation conversation,
        List<Anchor> anchors,
        @Nullable Brief brief) {

    public ArchivedConversation {
        anchors = List.copyOf(anchors);
        int turns = 0;
        for (var segment : conversation.path()) {
            if (segment.first() != turns + 1) {
                throw new IllegalArgumentException("a path with a gap after turn " + turns);
            }
            turns = segment.last();
        }
        if (turns < 1 || turns != conversation.turns()) {
            throw new IllegalArgumentException("a path of " + turns + " turns for " + conversation.turns());
        }
    }
}
